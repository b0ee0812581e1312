import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import type { Log, LogFields } from '../src/base/log.ts';

const invocations = new AsyncLocalStorage<InvocationContext>();

/** Runs a handler so that everything logged meanwhile belongs to its invocation. */
export function inInvocation<T>(context: InvocationContext, run: () => Promise<T>): Promise<T> {
  return invocations.run(context, run);
}

/** One JSON string a line: the platform prints nested objects only two levels deep. */
export const invocationLog: Log = {
  info: (event, fields) => invocations.getStore()?.log(line(event, fields)),
  warn: (event, fields) => invocations.getStore()?.warn(line(event, fields)),
  error: (event, fields) => invocations.getStore()?.error(line(event, fields)),
};

function line(event: string, fields: LogFields = {}): string {
  return JSON.stringify({ event, ...fields });
}

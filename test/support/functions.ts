import { createRegistration, installCore, invoke, isTrigger, registerInto } from '../sandbox/host/core.ts';
import { describeFunction, type HostedFunction, type LogLine } from '../sandbox/host/host.ts';

export interface FunctionRequest {
  readonly method?: string;
  /** Path and query, as a caller sees it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FunctionAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface LoadedFunctions {
  readonly functions: readonly HostedFunction[];
  /** Every log line of every invocation. */
  readonly logs: readonly LogLine[];
  /** Runs a timer function; rejects when it throws. */
  runTimer(name: string): Promise<void>;
  /** One request straight to an HTTP function, past any route. */
  request(name: string, request: FunctionRequest): Promise<FunctionAnswer>;
}

/**
 * Imports modules of functions/ with a stand-in for the Functions worker and answers what they registered.
 * The import must be a fresh one (`vi.resetModules()` first when the modules were loaded before).
 */
export async function loadFunctions(load: () => Promise<unknown>): Promise<LoadedFunctions> {
  const registration = createRegistration();
  const logs: LogLine[] = [];
  installCore();
  registerInto(registration);
  await load();
  const onLog = (level: string, _category: string, message: string) => void logs.push({ level, message });
  return {
    logs,
    functions: [...registration.functions.values()].map(({ metadata }) =>
      describeFunction(metadata.name, Object.values(metadata.bindings).find(isTrigger) ?? {}, process.env),
    ),
    async runTimer(name) {
      await invoke(registration, name, { json: JSON.stringify({ IsPastDue: false }) }, onLog);
    },
    async request(name, { method = 'GET', path, headers = {}, params = {}, body }) {
      const nullable = (values: Readonly<Record<string, string>>) =>
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
      const url = new URL(path, 'http://127.0.0.1');
      const http = {
        method,
        url: url.href,
        nullableHeaders: nullable(headers),
        nullableQuery: nullable(Object.fromEntries(url.searchParams)),
        nullableParams: nullable(params),
        body: body === undefined ? null : { bytes: new TextEncoder().encode(body) },
      };
      const answer = (await invoke(registration, name, { http }, onLog))?.http;
      const bytes = answer?.body?.bytes ?? new Uint8Array();
      return {
        status: Number(answer?.statusCode ?? 204),
        headers: answer?.headers ?? {},
        text: answer?.body?.string ?? new TextDecoder().decode(bytes),
      };
    },
  };
}

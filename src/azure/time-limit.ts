import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';
import { inTime, NotInTimeError } from '../base/in-time.ts';

/** For one call of the tables, the vault or the identity, its retries and its token included. */
export const CALL_MS = 10_000;

/** Ends each call of an SDK's client in time, whatever hangs or drips: the SDKs themselves wait for ever. */
export function timeLimit(milliseconds: number): PipelinePolicy {
  return {
    name: 'timeLimit',
    async sendRequest(request, next) {
      const call = (signal: AbortSignal) => {
        request.abortSignal = signal;
        return next(request);
      };
      try {
        return await inTime(milliseconds, call, request.abortSignal as AbortSignal | undefined);
      } catch (error) {
        throw error instanceof NotInTimeError ? new RestError('no answer in time', { code: 'ETIMEDOUT' }) : error;
      }
    },
  };
}

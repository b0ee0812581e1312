import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';

/** A refusal as Entra words it: an OAuth code and a number that says what really happened. */
export class OAuthError extends Error {
  override name = 'OAuthError';
  readonly code: string;
  readonly number: number;
  readonly suberror: string | undefined;

  constructor(code: string, number: number, text: string, suberror?: string) {
    super(text);
    this.code = code;
    this.number = number;
    this.suberror = suberror;
  }
}

export function errorReply(context: Context, error: OAuthError): Response {
  const traceId = randomUUID();
  const correlationId = context.req.header('client-request-id') ?? randomUUID();
  const timestamp = new Date(Date.now()).toISOString().slice(0, 19).replace('T', ' ').concat('Z');
  return context.json(
    {
      error: error.code,
      error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [error.number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    },
    error.code === 'invalid_client' ? 401 : 400,
  );
}

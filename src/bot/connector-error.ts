/** A call to Teams that did not succeed. Holds nothing of the request: that has our token in it. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  /** Null when there was no answer. */
  readonly status: number | null;
  /** The connector's own word for it: `BotNotInConversationRoster`; `html` when a page was all that came. */
  readonly code: string | null;
  readonly retryAfterMs: number | null;
  /** No answer came, but the message may have arrived all the same. */
  readonly mayHaveArrived: boolean;

  constructor(status: number | null, code: string | null, retryAfter: number | null = null, mayHaveArrived = false) {
    super(status ? `Teams answered ${status}${wordsOf(code)}` : `Teams did not answer (${code ?? 'unknown'})`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfter;
    this.mayHaveArrived = mayHaveArrived;
  }
}

function wordsOf(code: string | null): string {
  if (code === 'html') return ' with a page, not an answer';
  return code ? ` ${code}` : '';
}

/** Whether Teams refused this very thing, there: it is gone, or not allowed, or not as it should be. */
export function isRefusal(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && [400, 403, 404].includes(error.status ?? 0);
}

/** What of a failure may be logged: nothing of a request, which may hold a token. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConnectorError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}

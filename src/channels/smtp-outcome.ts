import type { Outcome } from '../model/channel.ts';

type Failure = Extract<Outcome, { state: 'retry' | 'rejected' | 'refused' }>;

interface SmtpError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  /** One a recipient, when all were refused. */
  readonly rejectedErrors?: readonly SmtpError[];
}

/**
 * What a failed conversation means. Only codes are passed on: the server's own words may quote an address.
 * 4xx and broken connections are for later, 5xx is for good; a refused login stops the whole channel.
 */
export function smtpFailure(error: unknown): Failure {
  const { code, responseCode, response, rejectedErrors } = error as SmtpError;
  // One recipient that may be let in later is worth another try.
  const later = rejectedErrors?.find(each => isTemporary(each.responseCode));
  if (later) return { state: 'retry', reason: `SMTP ${later.responseCode}` };
  const reason = reasonOf(code, responseCode, response);
  if (typeof responseCode !== 'number') {
    return code === 'EENVELOPE' || code === 'EMESSAGE' ? { state: 'rejected', reason } : { state: 'retry', reason };
  }
  if (responseCode < 500) return { state: 'retry', reason };
  return code === 'EAUTH' ? { state: 'refused', reason } : { state: 'rejected', reason };
}

function isTemporary(responseCode: unknown): boolean {
  return typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500;
}

function reasonOf(code: unknown, responseCode: unknown, response: unknown): string {
  if (code === TIMED_OUT || code === 'ETIMEDOUT') return 'SMTP: no answer in time';
  if (typeof responseCode !== 'number') {
    return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? `SMTP: no connection (${code})` : 'SMTP failed';
  }
  const enhanced =
    typeof response === 'string' ? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] : undefined;
  const login = code === 'EAUTH' ? ', login refused' : '';
  return `SMTP ${responseCode}${enhanced === undefined ? '' : ` ${enhanced}`}${login}`;
}

const TIMED_OUT = 'ENOTINTIME';

/** The work's result, or a failure when it takes longer: a server that drips a line now and then never idles. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('not in time'), { code: TIMED_OUT })), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

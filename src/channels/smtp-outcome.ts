import type { Outcome, RecipientsLeft } from '../model/channel.ts';
import { type CarrierAnswer, outcomeOf, type SmtpStage } from '../model/outcomes.ts';

export type SmtpFailure = Extract<Outcome, { state: 'retry' | 'doubtful' | 'rejected' | 'refused' }>;

/** What a failed conversation is told by; as nodemailer names it. */
export interface SmtpError {
  readonly code?: unknown;
  /** The code below it, of the connection or its certificate. */
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  /** The command that was being answered: `MAIL FROM`, `AUTH PLAIN`, `CONN`. */
  readonly command?: unknown;
  readonly recipient?: unknown;
  /** One a recipient, when all were refused. */
  readonly rejectedErrors?: readonly SmtpError[];
}

/** It did not end in time. */
export const TIMED_OUT = 'ENOTINTIME';

/**
 * What a failed conversation means. Only codes are passed on: the server's own words may quote an address.
 * @param dotSent - whether the mail had gone out whole
 */
export function smtpFailure(error: unknown, dotSent = false): SmtpFailure {
  const { code, originalCode, command, rejectedErrors } = error as SmtpError;
  // One recipient that may be let in later is worth another try.
  const later = rejectedErrors?.find(each => isForLater(each));
  const answered = later ?? (error as SmtpError);
  const { responseCode, response } = answered;
  if (typeof responseCode !== 'number') {
    const reason = reasonOf(code, originalCode, dotSent);
    // The mail itself could not be sent: its size, its envelope.
    if (!dotSent && (code === 'EENVELOPE' || code === 'EMESSAGE')) return { state: 'rejected', reason };
    if (!dotSent && code === 'EAUTH') return { state: 'refused', reason: 'SMTP: no way to log in' };
    const status = dotSent ? 'no answer' : 'no connection';
    const tls = isOfTls(originalCode) ? ({ code: originalCode, stage: 'tls' } as const) : {};
    return { state: settled(outcomeOf({ carrier: 'smtp', status, ...tls })), reason };
  }
  const stage = stageOf(code, command);
  const enhanced = enhancedStatus(response);
  const answer: CarrierAnswer = { carrier: 'smtp', status: responseCode, code: enhanced, stage };
  const where = stage === 'login' ? ', login refused' : stage === 'tls' ? ', no TLS' : '';
  const reason = `SMTP ${responseCode}${enhanced === null ? '' : ` ${enhanced}`}${where}`;
  return { state: settled(outcomeOf(answer)), reason };
}

/** A failure is never a success, whatever the table says of a 2xx in the wrong place. */
function settled(state: Outcome['state']): SmtpFailure['state'] {
  return state === 'delivered' || state === 'accepted' ? 'retry' : state;
}

function stageOf(code: unknown, command: unknown): SmtpStage {
  if (code === 'ETLS' || command === 'STARTTLS') return 'tls';
  if (code === 'EAUTH') return 'login';
  if (command === 'MAIL FROM') return 'sender';
  if (command === 'RCPT TO') return 'recipients';
  return command === 'DATA' ? 'message' : 'greeting';
}

/** The recipients of a mail whom its server did not take, each refused for now or for good; null when it took them all. */
export function recipientsLeft(
  rejected: readonly SmtpError[],
  shortName: (address: string) => string,
): RecipientsLeft | null {
  const [first] = rejected;
  if (!first) return null;
  const names = (errors: readonly SmtpError[]) => errors.map(({ recipient }) => shortName(String(recipient)));
  return {
    later: names(rejected.filter(isForLater)),
    never: names(rejected.filter(each => !isForLater(each))),
    reason: smtpFailure({ ...first, responseCode: first.responseCode, response: first.response, command: 'RCPT TO' })
      .reason,
  };
}

/** A 4xx, or the daily limit of the account, which ends: neither is about the address. */
function isForLater({ responseCode, response }: SmtpError): boolean {
  return (typeof responseCode === 'number' && responseCode < 500) || enhancedStatus(response) === '5.4.5';
}

function enhancedStatus(response: unknown): string | null {
  const found = typeof response === 'string' ? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response) : null;
  return found?.[1] ?? null;
}

function reasonOf(code: unknown, below: unknown, dotSent: boolean): string {
  if (dotSent) return 'SMTP: no answer to the whole mail';
  if (code === TIMED_OUT || code === 'ETIMEDOUT' || code === 'ABORT_ERR') return 'SMTP: no answer in time';
  if (isOfTls(below)) {
    return `SMTP: TLS failed, the certificate is not trusted or there is no TLS (${below})`;
  }
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? `SMTP: no connection (${code})` : 'SMTP failed';
}

function isOfTls(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) && /CERT|TLS|SSL|SIGNATURE/.test(code);
}

import type { SignInTrouble } from './sign-in-trouble.ts';

/** Partner Center failed: an answer that is no success, no answer at all, or one that makes no sense. */
export class PartnerCenterError extends Error {
  override readonly name: string = 'PartnerCenterError';
  /** The HTTP status, or null when there was no answer to speak of. */
  readonly status: number | null;
  /** Partner Center's own word for it, from its JSON (`code` or `error.code`); null when there was none. */
  readonly code: string | null;

  constructor(
    message: string,
    status: number | null = null,
    { code = null, ...options }: ErrorOptions & { readonly code?: string | null } = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** 429 or 509: too many calls, of Partner Center or of its sign-in. */
export class ThrottledError extends PartnerCenterError {
  override readonly name = 'ThrottledError';
  /** Whole seconds to wait, as it said; null when it did not say. */
  readonly retryAfterSeconds: number | null;

  /** @param waitMs - what it asks us to wait; null when it does not say */
  constructor(status: number, waitMs: number | null, who = 'Partner Center') {
    super(`${who} throttles us (${status})`, status);
    this.retryAfterSeconds = waitMs === null ? null : Math.ceil(waitMs / 1000);
  }
}

/** 403: the signed-in account may not do this. */
export class NotAllowedError extends PartnerCenterError {
  override readonly name = 'NotAllowedError';

  constructor(code: string | null = null) {
    super('Partner Center refuses the signed-in account (403): it needs the role Referrals admin', 403, { code });
  }
}

/** 404 or 410 to an id: gone, or not visible to our account. */
export class ReferralNotFoundError extends Error {
  override readonly name = 'ReferralNotFoundError';
  /** Whether it came with Partner Center's own JSON error (`code` or `error.code`); a gateway answers 404 as well. */
  readonly own: boolean;

  constructor(message: string, { own }: { readonly own: boolean }) {
    super(message);
    this.own = own;
  }
}

/** No answer in time. */
export class TimedOutError extends Error {
  override readonly name = 'TimedOutError';
}

/** The list could not be followed to its end; what was read so far is good, but is not all. */
export class IncompleteWalkError extends Error {
  override readonly name = 'IncompleteWalkError';
}

/** Only a person can help: sign in again, mend the token store, renew the app's credential. */
export class SignInNeededError extends Error {
  override readonly name = 'SignInNeededError';
  readonly trouble: SignInTrouble;

  constructor(trouble: SignInTrouble, options?: ErrorOptions) {
    super(trouble.reason, options);
    this.trouble = trouble;
  }
}

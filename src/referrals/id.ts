const ID = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/;

/** Whether this may be a referral's id: safe in a URL path, as a table key and on a card. Every GUID is. */
export function isReferralId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}

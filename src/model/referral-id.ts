const ID = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/;

/** Whether this may be a referral's id: safe in a URL path, as a table key and on a card. Every GUID is. */
export function isReferralId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether this is written as Partner Center writes its ids. What it lists is watched in any case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

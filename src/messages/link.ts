import type { Words } from './words/words.ts';

/** The way to a referral in Partner Center. */
export interface ReferralLink {
  readonly url: string;
  /** It leads to the list, where the referral has to be looked for. */
  readonly opensList: boolean;
}

/** What a link says: whether it opens the referral, or only the list. */
export function openWords({ opensList }: ReferralLink, { link }: Words): string {
  return opensList ? link.openList() : link.openReferral();
}

/**
 * The address of one referral: `{id}` and `{engagementId}` of the template filled in, URL-encoded.
 * Without an engagement id its place is left empty, for a link to the wrong place is worse than one to the list.
 */
export function fillLink(template: string, id: string, engagementId: string | null): ReferralLink {
  const url = template
    .replaceAll('{id}', () => encoded(id))
    .replaceAll('{engagementId}', () => encoded(engagementId ?? ''));
  const named = template.includes('{id}') || (template.includes('{engagementId}') && engagementId !== null);
  return { url, opensList: !named };
}

function encoded(id: string): string {
  return encodeURIComponent(id.slice(0, 200).toWellFormed());
}

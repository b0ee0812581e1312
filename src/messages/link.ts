/**
 * The address of one referral: `{id}` and `{engagementId}` of the template filled in, URL-encoded.
 * Without an engagement id its place is left empty, for a link to the wrong place is worse than one to the list.
 */
export function fillLink(template: string, id: string, engagementId: string | null): string {
  return template.replaceAll('{id}', () => encoded(id)).replaceAll('{engagementId}', () => encoded(engagementId ?? ''));
}

function encoded(id: string): string {
  return encodeURIComponent(id.slice(0, 200).toWellFormed());
}

import { IncompleteWalkError } from '../model/errors.ts';

const PARTNER_CENTER = 'api.partner.microsoft.com';

/**
 * The query of a next link, to be put on our own address: scheme and path of these links are known to be wrong, and
 * the token must never travel to where a link points. Null when the list ends here.
 * @throws IncompleteWalkError when the link cannot be followed safely
 */
export function nextQuery(link: unknown, apiUrl: URL): string | null {
  if (link === undefined || link === null || link === '') return null;
  const url = typeof link === 'string' && URL.canParse(link, apiUrl.href) ? new URL(link, apiUrl) : null;
  if (!url) throw new IncompleteWalkError('the link to the next page cannot be read');
  if (!isOurs(url, apiUrl)) throw new IncompleteWalkError('the link to the next page names a foreign host');
  if (url.search.length < 2) throw new IncompleteWalkError('the link to the next page has no query');
  return url.search;
}

function isOurs(url: URL, apiUrl: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  if (url.hostname === PARTNER_CENTER) return true;
  // A gateway in between tends to lose or to invent the standard ports, never others.
  return url.hostname === apiUrl.hostname && (url.port === apiUrl.port || ['', '80', '443'].includes(url.port));
}

import { IncompleteWalkError } from '../model/errors.ts';
import type { WireObject } from './wire-object.ts';

const PARTNER_CENTER = 'api.partner.microsoft.com';

/**
 * The query of a page's next link, byte for byte, to be put on our own address: scheme and path of these links are known to
 * be wrong, and the token must never travel to where a link points. Microsoft's APIs have several names for it. Null when the
 * list ends here.
 * @throws IncompleteWalkError when the link cannot be followed safely
 */
export function nextQuery(page: WireObject, apiUrl: URL): string | null {
  const link = linkOf(page);
  if (link === undefined) return null;
  if (typeof link !== 'string' || !URL.canParse(link, apiUrl.href))
    throw new IncompleteWalkError('the link to the next page cannot be read');
  if (!isOurs(new URL(link, apiUrl), apiUrl))
    throw new IncompleteWalkError('the link to the next page names a foreign host');
  const [address = ''] = link.split('#', 1);
  const query = address.includes('?') ? address.slice(address.indexOf('?') + 1) : '';
  if (query === '') throw new IncompleteWalkError('the link to the next page has no query');
  return query;
}

/** Whether more pages follow. */
export function hasNext(page: WireObject): boolean {
  return linkOf(page) !== undefined;
}

function linkOf(page: WireObject): unknown {
  const links = Object.entries(page).filter(([name]) => name.toLowerCase().endsWith('nextlink'));
  return links.map(([, link]) => link).find(link => link !== undefined && link !== null && link !== '');
}

function isOurs({ hostname, port }: URL, apiUrl: URL): boolean {
  const host = hostname.toLowerCase();
  if (host === PARTNER_CENTER) return true;
  // A gateway in between tends to lose or to invent the standard ports, never others.
  return host === apiUrl.hostname && (port === apiUrl.port || ['', '80', '443'].includes(port));
}

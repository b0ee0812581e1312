import { kind, Wrong } from './kind.ts';

const FORM = 'must be smtp://host:port or smtps://host, with user:password@ where the server asks for it';
const PERCENT =
  'has a sign in its user or password that must be percent-encoded: write %40 for @, %23 for #, %2F for /, %3F for ?, %3A for :, %25 for %';
const NO_PASSWORDS =
  'Microsoft no longer takes passwords there: use ACS_ENDPOINT, or a relay that lets this app in otherwise';
/** What a query may change: how we introduce ourselves. The library takes any of its options there, TLS and logs included. */
const HARMLESS = new Set(['name', 'authMethod', 'localAddress']);

/** A mail server. Encryption is not up to the query. */
export const smtpUrl = kind(FORM, value => {
  if (!/^smtps?:\/\//i.test(value)) return new Wrong(isOfMicrosoft(value) ? `${FORM}. ${NO_PASSWORDS}` : FORM);
  const address = URL.canParse(value) ? new URL(value) : null;
  if (isCutShort(value, address)) return new Wrong(PERCENT);
  if (!address?.hostname || /\s/.test(value)) return null;
  if ([...address.searchParams.keys()].some(name => !HARMLESS.has(name))) {
    return new Wrong(
      `may have nothing but ${[...HARMLESS].join(', ')} in its query: TLS is always demanded, and logs would hold mail`,
    );
  }
  return value;
});

/** Whether a sign of the password ended the address, or stands for another one. */
function isCutShort(value: string, address: URL | null): boolean {
  if (!value.includes('@')) return false;
  if (!address || value.split('@').length > 2) return true;
  if (address.hash || !['', '/'].includes(address.pathname) || address.search.includes('@')) return true;
  return [address.username, address.password].some(part => !isDecodable(part));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const EXCHANGE = /(^|\.)(smtp[\w-]*\.office365|smtp-mail\.outlook|mail\.protection\.outlook)\.com$/;

/** Whether a mail server, as URL or not, is one of Exchange Online. */
function isOfMicrosoft(value: string): boolean {
  const parts = value.toLowerCase().split(/[/@:?]/);
  return parts.some(part => EXCHANGE.test(part));
}

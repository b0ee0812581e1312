import { ask, type HttpAnswer, HttpError } from '../base/http.ts';
import { isSecure } from '../base/loopback.ts';

/** Of all that it takes to get a calendar, redirects included. */
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 10_000_000;
const MOST_REDIRECTS = 3;

/** `webcal:` is what calendars call `https:`. */
export function calendarUrl(address: string): string {
  return address.trim().replace(/^webcals?:/i, 'https:');
}

/** The text behind a calendar's address, or why there is none. The address is a secret and is not repeated. */
export async function fetchCalendar(
  address: string,
  timeoutMs = TIMEOUT_MS,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const limits = { timeoutMs, maxBytes: MAX_BYTES, signal: AbortSignal.timeout(timeoutMs) };
  let url = calendarUrl(address);
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await ask({ url, headers: { accept: 'text/calendar, */*;q=0.1' } }, limits);
      const next = redirectOf(answer, url);
      if (next === null) return read(answer);
      url = next;
    }
    return { problem: 'the address leads from one to the next without end' };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/** Where the calendar lies instead; never where it could be read on the way. */
function redirectOf({ status, headers }: HttpAnswer, url: string): string | null {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || !location || !URL.canParse(location, url)) return null;
  const next = new URL(location, url);
  return isSecure(next) ? next.href : null;
}

function read({ status, text }: HttpAnswer): { readonly text: string } | { readonly problem: string } {
  if (status >= 200 && status < 300) return { text };
  const cures: Readonly<Record<number, string>> = {
    401: ': it wants a sign-in; use the secret address that needs none',
    403: ': it wants a sign-in; use the secret address that needs none',
    404: ': it is no longer published there; publish it anew and set the new address',
    410: ': it is no longer published there; publish it anew and set the new address',
  };
  return { problem: `the address answers with ${status}${cures[status] ?? ''}` };
}

function reasonOf(error: unknown): string {
  const { kind, code } = error instanceof HttpError ? error : { kind: 'connection', code: null };
  if (kind === 'too-large') return 'the calendar is larger than 10 MB';
  if (kind === 'late') return 'the address did not answer within 10 seconds';
  return `the address cannot be reached${code ? ` (${code})` : ''}`;
}

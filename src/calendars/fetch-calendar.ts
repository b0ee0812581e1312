/** Gets a text over HTTP. Rejects with an error named `TooLargeError` or `AbortError`, or of the connection with a `code`. */
export type FetchText = (
  url: string,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<{ readonly status: number; readonly text: string }>;

const LIMITS = { timeoutMs: 10_000, maxBytes: 10_000_000 };

/** `webcal:` is what calendars call `https:`. */
export function calendarUrl(address: string): string {
  return address.trim().replace(/^webcals?:/i, 'https:');
}

/** The text behind a calendar's address, or why there is none. The address is a secret and is not repeated. */
export async function fetchCalendar(
  address: string,
  fetchText: FetchText,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const { status, text } = await fetchText(calendarUrl(address), LIMITS);
    if (status >= 200 && status < 300) return { text };
    return { problem: `the address answers with ${status}${cure(status)}` };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function cure(status: number): string {
  if (status === 404 || status === 410)
    return ': it is no longer published there; publish it anew and set the new address';
  if (status === 401 || status === 403) return ': it wants a sign-in; use the secret address that needs none';
  return '';
}

function reasonOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (name === 'TooLargeError') return 'the calendar is larger than 10 MB';
  if (name === 'AbortError' || name === 'TimeoutError') return 'the address did not answer within 10 seconds';
  return `the address cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`;
}

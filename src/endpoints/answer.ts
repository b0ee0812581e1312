/** An answer to an HTTP caller, before the platform's own types. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

// What we answer names people and deals: no cache may keep it.
const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function json(status: number, body: unknown, contentType = 'application/json'): HttpAnswer {
  return { status, headers: { ...ALWAYS, 'content-type': contentType }, body };
}

/** An error as RFC 9457 has it. The detail is for the caller: nothing of Partner Center's, no token, no stack. */
export function problem(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const answer = json(status, { type: 'about:blank', title, status, detail }, 'application/problem+json');
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** What is said at the bot's door when no bot is set. */
export function noBot(): HttpAnswer {
  return problem(404, 'Not found', 'No bot is set up here.');
}

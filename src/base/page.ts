/** Whether somebody answers with a web page, whatever they call it and whatever stands before it: a sign-in, a proxy. */
export function isPage(contentType: string, body: string): boolean {
  if (/\bx?html\b/i.test(contentType)) return true;
  const begin = body.slice(0, 2_000).trimStart();
  return begin.startsWith('<') && /<(!doctype html|html|head|body|title|script)\b/i.test(begin);
}

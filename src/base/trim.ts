// A pattern for the end of a text begins anew at each sign of it, which takes long on long texts.

/** Without any of these signs at its end. */
export function trimEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Without any of these signs at its start. */
export function trimStart(text: string, signs: string): string {
  let start = 0;
  while (start < text.length && signs.includes(text.charAt(start))) start += 1;
  return text.slice(start);
}

/** Without any of these signs at both its ends. */
export function trim(text: string, signs: string): string {
  return trimStart(trimEnd(text, signs), signs);
}

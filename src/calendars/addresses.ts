import { trimEnd } from '../base/trim.ts';

/** An address in a text, and where it begins. */
export interface FoundAddress {
  readonly address: string;
  readonly index: number;
}

const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const LOCAL = /[a-z0-9.!#$%&'*+/=?^_`{|}~-]/i;
const DOMAIN = /^[a-z0-9.-]*/i;
const TOP = /^(?:[a-z]{2,}|xn--[a-z0-9]+)$/i;

/** The mail addresses in a text, in their order. Looked for from each `@`: a pattern would begin anew at each letter. */
export function addressesIn(text: string): readonly FoundAddress[] {
  const found: FoundAddress[] = [];
  let end = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const first = Math.max(end, at - LONGEST_LOCAL);
    let index = at;
    while (index > first && LOCAL.test(text.charAt(index - 1))) index -= 1;
    const domain = domainAt(text.slice(at + 1, at + 1 + LONGEST_DOMAIN));
    if (index === at || domain === null) continue;
    end = at + 1 + domain.length;
    found.push({ address: text.slice(index, end), index });
  }
  return found;
}

/** The domain that a text begins with, or null. */
function domainAt(text: string): string | null {
  const labels = (DOMAIN.exec(text)?.[0] ?? '').split('.');
  const bad = labels.findIndex(label => label === '' || label.startsWith('-') || label.endsWith('-'));
  const good = bad < 0 ? labels : [...labels.slice(0, bad), trimEnd(labels[bad] ?? '', '-')];
  while (good.length > 1 && !TOP.test(good.at(-1) ?? '')) good.pop();
  return good.length > 1 ? good.join('.') : null;
}

import type { Instant } from '../base/instant.ts';
import { english } from './words/english.ts';

/** `Tue 17 Nov 2026, 00:00 UTC`, in an IANA zone: for operators, who read English. */
export function dateInWords(at: Instant, timeZone: string): string {
  return english.forms.exact(at, timeZone);
}

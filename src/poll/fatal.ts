import { kindOf, type TroubleKind } from '../model/trouble-kinds.ts';
import type { Finding } from '../watch/troubles.ts';

/** What fails the poll. Anything else, a channel in trouble for one, is the operator's business. */
const FATAL: ReadonlySet<TroubleKind> = new Set([
  'partner-center',
  'sign-in',
  'tables',
  'watch-state',
  'time',
  'clock',
  'visibility',
  'settings',
]);

/** Why the invocation must fail; null when it need not. */
export function reasonOf(findings: readonly Finding[]): string | null {
  const bad = findings.flatMap(finding => (finding.ok ? [] : [finding]));
  const fatal = bad.filter(({ key }) => FATAL.has(kindOf(key).kind));
  return fatal.length > 0 ? fatal.map(({ title, text }) => `${title}: ${text}`).join(' ') : null;
}

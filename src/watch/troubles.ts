import type { Instant } from '../instant.ts';
import { DAY } from '../instant.ts';

/** Something that keeps the app from doing its work. One key is one trouble, however often it shows. */
export interface Trouble {
  /** `partner-center`, `sign-in`, `token-store`, `tables`, `set-aside`, `channel:teams`. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly since: Instant;
  /** When the operator last heard of it; null while nobody could be told. */
  readonly toldAt: Instant | null;
  /** When it was over, while the operator has not heard that. */
  readonly endedAt?: Instant;
}

/** What one poll found out about one possible trouble. What was not looked at has no finding. */
export type Finding =
  | { readonly key: string; readonly ok: true }
  | { readonly key: string; readonly ok: false; readonly title: string; readonly text: string };

export interface TroubleNews {
  readonly trouble: Trouble;
  readonly phase: 'began' | 'continues' | 'ended';
}

const REPEAT_AFTER = DAY;

/** Brings the known troubles up to date with what was found. Nobody has been told yet. */
export function withFindings(known: readonly Trouble[], findings: readonly Finding[], now: Instant): Trouble[] {
  const troubles = new Map(known.map(trouble => [trouble.key, trouble]));
  for (const finding of findings) {
    const open = troubles.get(finding.key);
    if (finding.ok) {
      if (open && open.toldAt === null) troubles.delete(finding.key);
      else if (open && open.endedAt === undefined) troubles.set(finding.key, { ...open, endedAt: now });
      continue;
    }
    const { key, title, text } = finding;
    const { endedAt: _over, ...still } = open ?? { since: now, toldAt: null };
    troubles.set(key, { ...still, key, title, text });
  }
  return [...troubles.values()];
}

/** What the operator has to hear now: a trouble once, again every 24 hours while it lasts, and its end once. */
export function troubleNews(troubles: readonly Trouble[], now: Instant): TroubleNews[] {
  return troubles.flatMap((trouble): TroubleNews[] => {
    if (trouble.endedAt !== undefined) return [{ trouble, phase: 'ended' }];
    if (trouble.toldAt === null) return [{ trouble, phase: 'began' }];
    return now - trouble.toldAt >= REPEAT_AFTER ? [{ trouble, phase: 'continues' }] : [];
  });
}

/** The troubles after the operator has heard this news. */
export function afterTelling(troubles: readonly Trouble[], { trouble, phase }: TroubleNews, now: Instant): Trouble[] {
  if (phase === 'ended') return troubles.filter(({ key }) => key !== trouble.key);
  return troubles.map(other => (other.key === trouble.key ? { ...other, toldAt: now } : other));
}

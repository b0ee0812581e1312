import type { Instant } from '../base/instant.ts';
import { DAY, MINUTE } from '../base/instant.ts';
import type { Trouble } from '../model/watch-state.ts';

/** What one poll found out about one possible trouble. What was not looked at has no finding. */
export type Finding =
  | { readonly key: string; readonly ok: true }
  | { readonly key: string; readonly ok: false; readonly title: string; readonly text: string };

export interface TroubleNews {
  readonly trouble: Trouble;
  readonly phase: 'began' | 'continues' | 'ended';
}

const REPEAT_AFTER = DAY;
/** Whoever has been telling for longer has died over it. */
const STALE_MS = 10 * MINUTE;

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
    if (trouble.tellingSince !== undefined && now - trouble.tellingSince < STALE_MS) return [];
    if (trouble.endedAt !== undefined) return [{ trouble, phase: 'ended' }];
    if (trouble.toldAt === null) return [{ trouble, phase: 'began' }];
    return now - trouble.toldAt >= REPEAT_AFTER ? [{ trouble, phase: 'continues' }] : [];
  });
}

/** The troubles marked as being told, so that two polls at once do not both tell them. */
export function whileTelling(troubles: readonly Trouble[], news: readonly TroubleNews[], now: Instant): Trouble[] {
  const keys = new Set(news.map(({ trouble }) => trouble.key));
  return troubles.map(trouble => (keys.has(trouble.key) ? { ...trouble, tellingSince: now } : trouble));
}

/** The troubles after it was tried to tell the operator this news. What was not heard is due again. */
export function afterTelling(
  troubles: readonly Trouble[],
  { trouble: { key }, phase }: TroubleNews,
  now: Instant,
  heard = true,
): Trouble[] {
  return troubles.flatMap(other => {
    if (other.key !== key) return [other];
    const { tellingSince: _told, ...settled } = other;
    if (!heard) return [settled];
    return phase === 'ended' && other.endedAt !== undefined ? [] : [{ ...settled, toldAt: now }];
  });
}

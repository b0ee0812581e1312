import type { Instant } from '../base/instant.ts';
import { DAY, HOUR, MINUTE } from '../base/instant.ts';
import { kindOf, type TroubleKey } from '../model/trouble-kinds.ts';
import type { Trouble } from '../model/watch-state.ts';
import { ending } from './endings.ts';

/** What one poll found out about one possible trouble. What was not looked at has no finding. */
export type Finding =
  | {
      readonly key: TroubleKey;
      readonly ok: true;
      /** False when it is over because what it was about is not there any more. */
      readonly exists?: boolean;
    }
  | {
      readonly key: TroubleKey;
      readonly ok: false;
      readonly title: string;
      readonly text: string;
      /** What it is made of, where several things make one trouble: one that joins is told at once. */
      readonly parts?: readonly string[];
    };

/** Whether anybody heard news; `perhaps`: it went out whole and no answer came. */
export type Heard = 'yes' | 'perhaps' | 'no';

/** A trouble and what is new about it, with the words of that phase. */
export interface TroubleNews {
  readonly trouble: Trouble;
  readonly phase: 'began' | 'continues' | 'ended' | 'returned';
}

const REPEAT_AFTER = DAY;
/** One that is back sooner is still the same. */
const SAME_WITHIN = HOUR;
/** Whoever has been telling for longer has died over it. */
const STALE_MS = 10 * MINUTE;

/** Whether something was less than so long ago. What is dated far ahead of now was noted by a clock that nobody believes. */
function isWithin(milliseconds: number, at: Instant, now: Instant): boolean {
  return now - at < milliseconds && at - now <= STALE_MS;
}

/** Brings the known troubles up to date with what was found. Nobody has been told yet. */
export function withFindings(known: readonly Trouble[], findings: readonly Finding[], now: Instant): Trouble[] {
  const troubles = new Map(known.map(trouble => [trouble.key, trouble]));
  for (const finding of gathered(findings)) {
    const open = troubles.get(finding.key);
    if (!finding.ok) troubles.set(finding.key, there(open, finding, now));
    else if (open) {
      const over = gone(open, finding.exists ?? true, now);
      if (over) troubles.set(finding.key, over);
      else troubles.delete(finding.key);
    }
  }
  return [...troubles.values()].filter(trouble => !isForgotten(trouble, now));
}

/** The ends of troubles whose channel is not there any more; `channels` null: nobody knows which there are. */
export function orphaned(
  troubles: readonly Trouble[],
  findings: readonly Finding[],
  channels: readonly string[] | null,
): Finding[] {
  if (channels === null) return [];
  const found = new Set(findings.map(({ key }) => key));
  return troubles.flatMap(({ key }): Finding[] => {
    const { channel } = kindOf(key);
    if (channel === null || channels.includes(channel) || found.has(key)) return [];
    return [{ key, ok: true, exists: false }];
  });
}

/** One finding a key: several bad ones are one trouble with all their texts. */
function gathered(findings: readonly Finding[]): Finding[] {
  return [...Map.groupBy(findings, ({ key }) => key).values()].map(same => {
    const bad = same.flatMap(finding => (finding.ok ? [] : [finding]));
    const [first] = bad;
    if (!first) return same[0] as Finding;
    return { ...first, text: [...new Set(bad.map(({ text }) => text))].join(' ') };
  });
}

/** A trouble that shows: a new one, the same one still, or one that is back. */
function there(open: Trouble | undefined, { ok: _, ...found }: Finding & { ok: false }, now: Instant): Trouble {
  if (!open) return { ...found, since: now, toldAt: null };
  const { endedAt, endToldAt, ending: _words, ...known } = open;
  const joins = found.parts?.some(part => !open.parts?.includes(part)) === true;
  const still = joins ? { ...known, joinedAt: now } : known;
  if (endedAt === undefined) return { ...still, ...found };
  const isSoon = isWithin(SAME_WITHIN, endedAt, now);
  // To whoever has not heard of its end it never went away.
  if (endToldAt === undefined) return { ...still, ...found, ...(isSoon && { restless: true }) };
  return isSoon ? { ...still, ...found, restless: true, returnedAt: now } : { ...found, since: now, toldAt: null };
}

/** A trouble that shows no more; null when nobody has heard of it. */
function gone(open: Trouble, exists: boolean, now: Instant): Trouble | null {
  if (open.toldAt === null) return null;
  if (open.endedAt !== undefined) return open;
  const { returnedAt: _back, joinedAt: _more, ...over } = open;
  return { ...over, endedAt: now, ending: ending(open.key, exists), ...(!exists && { restless: false }) };
}

/** Its end was told an hour ago or more: what comes now is a new one. */
function isForgotten({ endedAt, endToldAt }: Trouble, now: Instant): boolean {
  return endedAt !== undefined && endToldAt !== undefined && !isWithin(SAME_WITHIN, endedAt, now);
}

/**
 * What the operator has to hear now: a trouble once, again every 24 hours while it lasts, and its end in the poll that
 * sees it; of one that came back within an hour only when it has stayed away for an hour.
 */
export function troubleNews(troubles: readonly Trouble[], now: Instant): TroubleNews[] {
  return troubles.flatMap((trouble): TroubleNews[] => {
    const { tellingSince, endedAt, endToldAt, restless, returnedAt, joinedAt, toldAt } = trouble;
    if (tellingSince !== undefined && isWithin(STALE_MS, tellingSince, now)) return [];
    if (endedAt !== undefined) {
      const isQuiet = endToldAt !== undefined || (restless === true && isWithin(SAME_WITHIN, endedAt, now));
      return isQuiet ? [] : [{ trouble, phase: 'ended' }];
    }
    if (toldAt === null || joinedAt !== undefined) return [{ trouble, phase: 'began' }];
    if (returnedAt !== undefined) return [{ trouble, phase: 'returned' }];
    return isWithin(REPEAT_AFTER, toldAt, now) ? [] : [{ trouble, phase: 'continues' }];
  });
}

/** The words of a phase: its end and its return have their own. */
export function wordsOf({ trouble, phase }: TroubleNews): { readonly title: string; readonly text: string } {
  if (phase === 'ended') return trouble.ending ?? ending(trouble.key, true);
  if (phase === 'continues') return { title: `Still: ${trouble.title}`, text: trouble.text };
  if (phase === 'returned') return { title: `Again: ${trouble.title}`, text: trouble.text };
  return trouble;
}

/** The troubles marked as being told, so that two polls at once do not both tell them. */
export function whileTelling(troubles: readonly Trouble[], news: readonly TroubleNews[], now: Instant): Trouble[] {
  const keys = new Set(news.map(({ trouble }) => trouble.key));
  return troubles.map(trouble => (keys.has(trouble.key) ? { ...trouble, tellingSince: now } : trouble));
}

/** After so many times without an answer it counts as heard. */
const MOST_DOUBTS = 3;

/** The troubles after it was tried to tell the operator this news. What was not heard is due again. */
export function afterTelling(
  troubles: readonly Trouble[],
  { trouble: { key }, phase }: TroubleNews,
  now: Instant,
  heard: Heard = 'yes',
): Trouble[] {
  return troubles.map(other => {
    if (other.key !== key) return other;
    const { tellingSince: _told, doubts: before = 0, ...settled } = other;
    if (heard === 'no') return before > 0 ? { ...settled, doubts: before } : settled;
    if (heard === 'perhaps' && before + 1 < MOST_DOUBTS) return { ...settled, doubts: before + 1 };
    if (phase === 'ended')
      return other.endedAt === undefined ? { ...settled, toldAt: now } : { ...settled, endToldAt: now };
    const { returnedAt: _back, joinedAt: _more, ...known } = settled;
    return { ...known, toldAt: now };
  });
}

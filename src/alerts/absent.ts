import { DAY, type Instant, MINUTE } from '../base/instant.ts';
import type { Checkpoint, Hidden } from '../model/checkpoint.ts';
import { type Answer, isUnconfirmed, type Sightings } from './sightings.ts';

/** A referral as a poll found it: in the list, or by asking for it. */
export interface Seen {
  /** With its exit when it has left Pending; the very same checkpoint when nothing is new. */
  readonly checkpoint: Checkpoint;
  /** Since when it could not be confirmed; null when it just was. */
  readonly unconfirmedSince: Instant | null;
}

/** Two polls must hear that a referral is gone, this far apart: sister APIs say so for a moment of what was just made. */
const GONE_TWICE_MS = 4 * MINUTE;

/** What an answer by id, or none, makes of an open checkpoint that was not listed. */
export function whenUnlisted(
  known: Checkpoint,
  answer: Answer,
  { lastConfirmedAt, blind = false, clock }: Pick<Sightings, 'lastConfirmedAt' | 'blind' | 'clock'>,
  now: Instant,
): Seen {
  if (answer === 'still open') return { checkpoint: confirmed(known), unconfirmedSince: null };
  const exit = exitOf(answer);
  if (exit) return { checkpoint: { ...confirmed(known), ...exit }, unconfirmedSince: null };

  const since = Math.min(known.hidden?.since ?? lastConfirmedAt ?? known.firstSeenAt, now);
  const checkpoint = answer === 'unknown' ? known : withHidden(known, hiddenAs(answer, since, known, blind, now));
  const mayEnd = clock !== 'ahead';
  const { goneAt } = checkpoint.hidden ?? {};
  if (goneAt !== undefined && answer === 'gone' && now - goneAt >= GONE_TWICE_MS) {
    const isOver = now >= known.expiry.at;
    if (!isOver || mayEnd)
      return { checkpoint: { ...checkpoint, exit: isOver ? 'expired' : 'gone' }, unconfirmedSince: null };
  }
  if (mayEnd && now >= Math.max(known.expiry.at, since) + DAY)
    return { checkpoint: { ...checkpoint, exit: 'expired', doubtSince: since }, unconfirmedSince: since };
  return { checkpoint, unconfirmedSince: since };
}

/** The exit that by-id names plainly. That there is no such referral must be heard twice. */
function exitOf(answer: Answer): Pick<Checkpoint, 'exit' | 'exitWord'> | null {
  if (answer === 'still open' || isUnconfirmed(answer)) return null;
  return typeof answer === 'object' ? { exit: answer.exit, exitWord: answer.word } : { exit: answer };
}

function hiddenAs(answer: Answer, since: Instant, known: Checkpoint, blind: boolean, now: Instant): Hidden {
  if (answer !== 'gone' || blind) return { since };
  return { since, goneAt: Math.min(known.hidden?.goneAt ?? now, now) };
}

function withHidden(known: Checkpoint, hidden: Hidden): Checkpoint {
  const { rest: _rest, ...open } = known;
  return known.hidden?.since === hidden.since && known.hidden.goneAt === hidden.goneAt ? known : { ...open, hidden };
}

/** Partner Center has just shown it. */
export function confirmed(known: Checkpoint): Checkpoint {
  if (!known.hidden) return known;
  const { hidden: _shown, rest: _rest, ...open } = known;
  return open;
}

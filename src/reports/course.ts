import type { Instant } from '../base/instant.ts';
import { exitKind } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Exit } from '../model/exit.ts';
import type { Money } from '../model/referral.ts';
import type { Span } from '../model/report.ts';
import { hasHeard } from './heard.ts';

/** What became of one referral, as reports count it. */
export interface Course {
  readonly id: string;
  readonly customer: string | null;
  readonly country: string | null;
  readonly value: Money | null;
  /** Names of the rules that took it last; null without rules. */
  readonly route: string | null;
  readonly firstSeenAt: Instant;
  readonly expiryAt: Instant;
  /** When anybody of ours first heard of it. */
  readonly toldAt: Instant | null;
  /** When somebody first claimed it. */
  readonly claimedAt: Instant | null;
  /** How it left Pending, and when we noticed; null while it is pending. */
  readonly exit: Exit | null;
  readonly exitWord: string | null;
  readonly endedAt: Instant | null;
}

/** A referral has left Pending by an answer: accepted, won or lost since, or declined. */
export function isAnswer(exit: Exit | null): boolean {
  return exit !== null && exitKind(exit) === 'answered';
}

/**
 * The courses of those that the report of a span counts, as they stood at its end. A referral that came back after it was
 * closed has two checkpoints: the open one counts.
 * @param checkpoints - open ones first
 */
export function coursesIn(checkpoints: Iterable<Checkpoint>, { from, to }: Span): readonly Course[] {
  const courses = new Map<string, Course>();
  for (const checkpoint of checkpoints) {
    const key = checkpoint.referralId.toLowerCase();
    if (!courses.has(key)) courses.set(key, courseOf(checkpoint));
  }
  return [...courses.values()]
    .filter(({ firstSeenAt, endedAt }) => firstSeenAt < to && (endedAt === null || endedAt >= from))
    .map(course => asOf(course, to))
    .toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || (a.id < b.id ? -1 : 1));
}

function courseOf(checkpoint: Checkpoint): Course {
  const { referralId: id, summary, route = null, firstSeenAt, expiry, deliveries, deeds = [], claim } = checkpoint;
  const { exit = null, exitWord = null, exitAt, closedAt } = checkpoint;
  const claims = deeds.filter(({ what }) => what === 'claimed').map(({ at }) => at);
  return {
    ...{ id, route, firstSeenAt, exit, exitWord },
    customer: summary?.customer ?? null,
    country: summary?.country ?? null,
    value: summary?.value ?? null,
    expiryAt: expiry.at,
    toldAt: earliest(deliveries.filter(hasHeard).map(({ at }) => at)),
    claimedAt: earliest(claim ? [...claims, claim.at] : claims),
    endedAt: exit === null ? null : (exitAt ?? closedAt ?? null),
  };
}

function asOf(course: Course, to: Instant): Course {
  const { toldAt, claimedAt, endedAt } = course;
  const past = (at: Instant | null) => (at !== null && at < to ? at : null);
  const open = endedAt !== null && endedAt >= to ? { exit: null, exitWord: null } : {};
  return { ...course, toldAt: past(toldAt), claimedAt: past(claimedAt), endedAt: past(endedAt), ...open };
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.length === 0 ? null : Math.min(...instants);
}

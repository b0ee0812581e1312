import type { Instant } from '../base/instant.ts';
import type { LocalTime } from '../base/local-time.ts';
import type { Exit } from '../model/exit.ts';
import { isMeant, type Money } from '../model/referral.ts';
import type { DayCounts, Report, RuleCounts, SlowAnswer, Span } from '../model/report.ts';
import { rulesIn } from '../model/rule.ts';
import { type Course, isAnswer } from './course.ts';

const SLOWEST = 5;

/**
 * The report of a span.
 * @param courses - those that it counts, as they stood at its end
 * @param rules - names of the rules that there are
 */
export function reportOf(
  courses: readonly Course[],
  span: Span,
  { rules, time }: { readonly rules: readonly string[]; readonly time: LocalTime },
): Report {
  const within = (at: Instant | null): at is Instant => at !== null && at >= span.from && at < span.to;
  const received = courses.filter(({ firstSeenAt }) => within(firstSeenAt));
  const ended = courses.filter(({ endedAt }) => within(endedAt));
  const as = (...exits: readonly Exit[]) => ended.filter(({ exit }) => exit !== null && exits.includes(exit));
  const answered = ended.filter(({ exit }) => isAnswer(exit));
  const expired = as('expired');
  return {
    ...span,
    received: received.length,
    accepted: as('accepted', 'won', 'lost').length,
    won: as('won').length,
    lost: as('lost').length,
    declined: as('declined').length,
    expired: expired.length,
    gone: as('gone').length,
    pending: courses.filter(({ endedAt }) => endedAt === null).length,
    medians: {
      told: median(spans(courses, ({ toldAt }) => (within(toldAt) ? toldAt : null))),
      claim: median(spans(courses, ({ claimedAt }) => (within(claimedAt) ? claimedAt : null))),
      answer: median(spans(answered, ({ endedAt }) => endedAt)),
    },
    value: { answered: sums(answered), expired: sums(expired) },
    slowest: slowestOf(answered),
    rules: countedByRule({ received, answered, expired }, rules),
    days: countedByDay({ answered, expired }, span, time),
  };
}

/** Milliseconds from first seen until something happened, where it did. */
function spans(courses: readonly Course[], until: (course: Course) => Instant | null): number[] {
  return courses.flatMap(course => {
    const at = until(course);
    return at === null ? [] : [Math.max(0, at - course.firstSeenAt)];
  });
}

/** The middle one, or halfway between the two middle ones; null of none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function sums(courses: readonly Course[]): Money[] {
  const totals = new Map<string | null, number>();
  for (const { value } of courses) {
    if (value === null || !isMeant(value)) continue;
    totals.set(value.currency, (totals.get(value.currency) ?? 0) + value.amount);
  }
  return [...totals]
    .map(([currency, total]) => ({ currency, amount: Math.round(total * 100) / 100 }))
    .toSorted((a, b) => ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1));
}

function slowestOf(answered: readonly Course[]): SlowAnswer[] {
  return answered
    .flatMap(({ id, customer, exit, exitWord, firstSeenAt, endedAt }) =>
      exit === null || endedAt === null ? [] : [{ id, customer, exit, exitWord, took: endedAt - firstSeenAt }],
    )
    .toSorted((a, b) => b.took - a.took || (a.id < b.id ? -1 : 1))
    .slice(0, SLOWEST);
}

interface Happened {
  readonly received: readonly Course[];
  readonly answered: readonly Course[];
  readonly expired: readonly Course[];
}

/** In the order of the rules that there are, then those that there were. */
function countedByRule({ received, answered, expired }: Happened, known: readonly string[]): RuleCounts[] {
  const namesOf = ({ route }: Course) => (route === null ? [] : rulesIn(route, known));
  const named = new Set([...received, ...answered, ...expired].flatMap(namesOf));
  const names = [...known.filter(name => named.has(name)), ...[...named].filter(name => !known.includes(name))];
  const count = (courses: readonly Course[], name: string) =>
    courses.filter(course => namesOf(course).includes(name)).length;
  return names.map(name => ({
    name,
    received: count(received, name),
    answered: count(answered, name),
    expired: count(expired, name),
  }));
}

function countedByDay(
  { answered, expired }: Omit<Happened, 'received'>,
  { from, to }: Span,
  { dayOf, later, at }: LocalTime,
): DayCounts[] {
  const ends = (courses: readonly Course[]) => Map.groupBy(courses, ({ endedAt }) => dayOf(endedAt ?? 0));
  const [answers, expiries] = [ends(answered), ends(expired)];
  const days: DayCounts[] = [];
  for (let day = dayOf(from); at(day, 0) < to; day = later(day, 1)) {
    days.push({
      at: at(day, 0),
      answered: answers.get(day)?.length ?? 0,
      expired: expiries.get(day)?.length ?? 0,
    });
  }
  return days;
}

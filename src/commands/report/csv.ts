import { stringify } from 'csv-stringify/sync';
import type { Instant } from '../../base/instant.ts';
import { clean } from '../../messages/text.ts';
import type { Exit } from '../../model/exit.ts';
import type { Course } from '../../reports/course.ts';

const COLUMNS = [
  ...['id', 'customer', 'country', 'rule', 'firstSeen', 'told', 'claimed', 'ended', 'expiry'],
  ...['outcome', 'answer', 'value', 'currency'],
];

/** What a report counts it as: what was won or lost since was accepted. */
export function outcomeOf(exit: Exit | null): 'pending' | 'accepted' | 'declined' | 'expired' | 'gone' {
  if (exit === null) return 'pending';
  return exit === 'won' || exit === 'lost' ? 'accepted' : exit;
}

/** A line for each referral. What begins like a formula is made text, for spreadsheets run it. */
export function csvOf(courses: readonly Course[]): string {
  return stringify(courses.map(lineOf), { header: true, columns: COLUMNS, escape_formulas: true, quoted_string: true });
}

function lineOf(course: Course): Readonly<Record<string, string | number>> {
  const { id, customer, country, route, firstSeenAt, toldAt, claimedAt, endedAt, expiryAt, exit, exitWord } = course;
  return {
    id,
    customer: clean(customer ?? '', 200),
    country: clean(country ?? '', 60),
    rule: clean(route ?? '', 500),
    firstSeen: instantText(firstSeenAt),
    told: instantText(toldAt),
    claimed: instantText(claimedAt),
    ended: instantText(endedAt),
    expiry: instantText(expiryAt),
    outcome: outcomeOf(exit),
    answer: clean(exitWord ?? (exit === 'expired' || exit === 'gone' ? '' : (exit ?? '')), 60),
    value: course.value?.amount ?? '',
    currency: course.value?.currency ?? '',
  };
}

function instantText(at: Instant | null): string {
  return at === null ? '' : new Date(at).toISOString();
}

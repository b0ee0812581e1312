import type { LocalTime } from '../base/local-time.ts';
import type { CheckpointArchive } from '../model/checkpoint-store.ts';
import type { Report, Span } from '../model/report.ts';
import { type Course, coursesIn } from '../reports/course.ts';
import { reportOf } from '../reports/report.ts';
import type { OtherSettings } from '../settings/settings.ts';

/** The report of a span, and the referrals that it counts, from what is kept. */
export async function readReport(
  checkpoints: Pick<CheckpointArchive, 'loadOpen' | 'closedSince'>,
  span: Span,
  rules: readonly string[],
  time: LocalTime,
): Promise<{ readonly report: Report; readonly courses: readonly Course[] }> {
  // Whatever is closed in between is met in one of the two, or in both, and counts once.
  const open = await checkpoints.loadOpen();
  const closed = await checkpoints.closedSince(span.from);
  const courses = coursesIn([...open, ...closed], span);
  return { report: reportOf(courses, span, { rules, time }), courses };
}

/** The names of the rules in force. */
export function ruleNames({ rules }: Pick<OtherSettings, 'rules'>): readonly string[] {
  return rules === null || rules === 'unreadable' ? [] : rules.map(({ name }) => name);
}

import { DAY } from '../../base/instant.ts';
import type { LocalTime } from '../../base/local-time.ts';
import type { Span } from '../../model/report.ts';
import { CommandError } from '../command-error.ts';

/** The days that were asked for, both included, and the span that they are. */
export interface Days {
  readonly from: string;
  readonly to: string;
  readonly span: Span;
}

/** No longer is anything kept. */
const MOST_DAYS = 3_660;

/** @throws CommandError when they are no days, not in order, or further apart than anything is kept */
export function daysIn(asked: { readonly from?: string; readonly to?: string }, time: LocalTime): Days {
  const [from, to] = [dayIn('--from', asked.from), dayIn('--to', asked.to)];
  if (to < from) throw new CommandError('--to names a day before --from.');
  if (Date.parse(to) - Date.parse(from) > MOST_DAYS * DAY)
    throw new CommandError('--from and --to are more than ten years apart: nothing is kept for so long.');
  return { from, to, span: { from: time.at(from, 0), to: time.at(to, 1440) } };
}

function dayIn(option: string, text: string | undefined): string {
  const day = text?.trim() ?? '';
  if (day === '') throw new CommandError(`${option} is missing: name a day such as 2026-11-01.`);
  const at = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    throw new CommandError(`${option} names no day: write it as 2026-11-01.`);
  return day;
}

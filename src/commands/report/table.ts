import { inWords } from '../../base/instant.ts';
import { clean } from '../../messages/text.ts';
import { en } from '../../messages/words/en.ts';
import type { Money } from '../../model/referral.ts';
import type { Report } from '../../model/report.ts';
import { outcomeOf } from './csv.ts';
import type { Days } from './days.ts';

/** The report for a terminal. */
export function tableOf(report: Report, { from, to }: Days): readonly string[] {
  const { received, accepted, won, lost, declined, expired, gone, pending, medians, value } = report;
  const lines: readonly (readonly [label: string, value: string])[] = [
    ['Received', String(received)],
    ['Accepted', en.report.accepted(accepted, won, lost)],
    ['Declined', String(declined)],
    ['Expired', String(expired)],
    ['Gone', String(gone)],
    ['Pending at the end', String(pending)],
    ['Median time to tell', timeOf(medians.told)],
    ['Median time to claim', timeOf(medians.claim)],
    ['Median time to answer', timeOf(medians.answer)],
    ['Value answered', sumsOf(value.answered)],
    ['Value expired', sumsOf(value.expired)],
  ];
  return [
    `Referrals from ${from} to ${to}, both days included`,
    '',
    ...aligned(lines),
    ...section('Slowest answers', slowestLines(report)),
    ...section('Rules (received, answered, expired)', ruleLines(report)),
  ];
}

function slowestLines({ slowest }: Report): readonly string[] {
  return aligned(
    slowest.map(({ id, customer, exit, took }) => [
      timeOf(took),
      `${outcomeOf(exit)}  ${clean(customer ?? '', 80) || '(no name)'}  ${id}`,
    ]),
  );
}

function ruleLines({ rules }: Report): readonly string[] {
  return aligned(
    rules.map(({ name, received, answered, expired }) => [name, [received, answered, expired].join(', ')]),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function aligned(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}

function timeOf(milliseconds: number | null): string {
  return milliseconds === null ? 'none' : inWords(milliseconds);
}

function sumsOf(sums: readonly Money[]): string {
  return sums.length === 0 ? 'none' : sums.map(en.forms.money).join(', ');
}

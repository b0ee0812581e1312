import type { Money } from '../../model/referral.ts';
import type { Report } from '../../model/report.ts';
import { outcomeOf } from './csv.ts';
import type { Days } from './days.ts';

/** The report for machines: instants as days, times in seconds, sums by currency. */
export function jsonOf(report: Report, { from, to }: Days) {
  const { received, accepted, declined, expired, gone, pending, medians, value, slowest, rules } = report;
  return {
    ...{ from, to, received, accepted, declined, expired, gone, pending },
    medians: {
      told: secondsOf(medians.told),
      claim: secondsOf(medians.claim),
      answer: secondsOf(medians.answer),
    },
    value: { answered: byCurrency(value.answered), expired: byCurrency(value.expired) },
    slowest: slowest.map(({ id, customer, exit, took }) => ({
      id,
      customer,
      outcome: outcomeOf(exit),
      seconds: secondsOf(took),
    })),
    rules,
  };
}

function secondsOf(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 1000);
}

function byCurrency(sums: readonly Money[]): Record<string, number> {
  return Object.fromEntries(sums.map(({ currency, amount }) => [currency ?? 'unknown', amount]));
}

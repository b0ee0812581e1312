import type { Instant } from '../base/instant.ts';
import type { Exit } from './exit.ts';
import type { Money } from './referral.ts';

/** From an instant up to, and without, another. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What happened in a span, for those who answer for it. `answered` is accepted and declined together. */
export interface Report extends Span {
  readonly received: number;
  /** Those that were won or lost since among them. */
  readonly accepted: number;
  readonly won: number;
  readonly lost: number;
  readonly declined: number;
  readonly expired: number;
  readonly gone: number;
  /** At the end of the span, over all. */
  readonly pending: number;
  /** Medians in milliseconds from first seen, of what happened in the span; null when nothing of the kind did. */
  readonly medians: { readonly told: number | null; readonly claim: number | null; readonly answer: number | null };
  /** Sums, one a currency, in the order of their codes. */
  readonly value: { readonly answered: readonly Money[]; readonly expired: readonly Money[] };
  /** The five whose answer took longest, that one first. */
  readonly slowest: readonly SlowAnswer[];
  /** The rules that anything in the span concerns. */
  readonly rules: readonly RuleCounts[];
  /** Each day of the span. */
  readonly days: readonly DayCounts[];
}

export interface SlowAnswer {
  readonly id: string;
  readonly customer: string | null;
  readonly exit: Exit;
  /** Partner Center's own word for the answer, where we have none. */
  readonly exitWord: string | null;
  /** Milliseconds. */
  readonly took: number;
}

export interface RuleCounts {
  readonly name: string;
  readonly received: number;
  readonly answered: number;
  readonly expired: number;
}

export interface DayCounts {
  /** Its first instant. */
  readonly at: Instant;
  readonly answered: number;
  readonly expired: number;
}

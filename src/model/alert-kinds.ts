import type { Alert, AlertKind, Severity } from './alert.ts';
import type { Exit } from './exit.ts';

/** How a message looks: the colour that goes with its words, never instead of them. */
export type Tone = 'accent' | 'warning' | 'attention' | 'good' | 'quiet';

interface KindTraits {
  /** The referral has left Pending: nothing is left to answer, nothing more follows, its incident is resolved. */
  readonly ends: boolean;
  /** `severity`: as its step says. */
  readonly tone: Tone | 'severity';
  /** Place in a poll: what can still be answered goes first. Escalations go by their severity. */
  readonly order: number | 'severity';
}

/** The one table of alert kinds. What each says stands in the words, under the same keys. */
export const ALERT_KINDS = {
  new: { ends: false, tone: 'accent', order: 3 },
  escalation: { ends: false, tone: 'severity', order: 'severity' },
  answered: { ends: true, tone: 'good', order: 4 },
  expired: { ends: true, tone: 'quiet', order: 5 },
  gone: { ends: true, tone: 'quiet', order: 6 },
} as const satisfies Record<AlertKind, KindTraits>;

const SEVERITIES = {
  critical: { tone: 'attention', order: 0 },
  warning: { tone: 'warning', order: 1 },
  reminder: { tone: 'accent', order: 2 },
} as const satisfies Record<Severity, { tone: Tone; order: number }>;

/** What a message is, as the header `X-Alert-Kind` names it. */
export type MessageKind = AlertKind | 'digest' | 'last-resort' | 'summary' | 'report' | 'operator' | 'test';

/** The kinds of exit: those whose referral has left Pending. */
export type ExitKind = { [K in AlertKind]: (typeof ALERT_KINDS)[K]['ends'] extends true ? K : never }[AlertKind];

/** The kind that tells of an exit. */
export function exitKind(exit: Exit): ExitKind {
  return exit === 'gone' || exit === 'expired' ? exit : 'answered';
}

type KindAndStep = Pick<Alert, 'kind' | 'step'>;

/** Whether an alert says that its referral has left Pending. */
export function isExit(alert: { readonly kind: AlertKind }): alert is { readonly kind: ExitKind } {
  return ALERT_KINDS[alert.kind].ends;
}

/** The same of the name that a delivery is recorded under. */
export function isExitName(alert: string): alert is ExitKind {
  return Object.hasOwn(ALERT_KINDS, alert) && ALERT_KINDS[alert as AlertKind].ends;
}

export function toneOf({ kind, step }: KindAndStep): Tone {
  const { tone } = ALERT_KINDS[kind];
  return tone === 'severity' ? SEVERITIES[step?.severity ?? 'reminder'].tone : tone;
}

/** Smaller goes first: critical, warning, reminder, new, then answered, expired, gone. */
export function orderOf({ kind, step }: KindAndStep): number {
  const { order } = ALERT_KINDS[kind];
  return order === 'severity' ? SEVERITIES[step?.severity ?? 'reminder'].order : order;
}

import type { AlertDraft } from '../model/alert.ts';
import type { Policy } from './policy.ts';

/** Why an alert is told, or told again, now. */
export type Reason = 'first seen' | 'step reached' | 'left pending' | 'retry is due' | 'sender died' | 'no end named';

/** One alert to one channel, and why. */
export interface PlannedAlert {
  readonly channel: string;
  readonly draft: AlertDraft;
  readonly reason: Reason;
}

/** What goes out as one message: one alert, or a digest of many. */
export interface PlannedMessage {
  readonly channel: string;
  readonly digest: boolean;
  /** Most urgent first; exactly one unless it is a digest. */
  readonly alerts: readonly PlannedAlert[];
}

/** Gathers what a channel hears for the first time into a digest when it is too much to read one by one. */
export function gathered(alerts: readonly PlannedAlert[], policy: Policy): PlannedMessage[] {
  const ordered = alerts.toSorted(byUrgency);
  return policy.channels.flatMap(({ id }) => {
    const here = ordered.filter(alert => alert.channel === id);
    const gatherable = here.filter(isGatherable);
    if (gatherable.length <= policy.digestAbove) return here.map(single);
    const alone = here.filter(alert => !isGatherable(alert));
    return [...alone.map(single), { channel: id, digest: true, alerts: gatherable }];
  });
}

/** Heard for the first time, and not so urgent that it must stand alone. */
function isGatherable({ draft }: PlannedAlert): boolean {
  if (draft.step?.severity === 'critical') return false;
  return draft.kind === 'new' || draft.firstTold;
}

function single(alert: PlannedAlert): PlannedMessage {
  return { channel: alert.channel, digest: false, alerts: [alert] };
}

function byUrgency(a: PlannedAlert, b: PlannedAlert): number {
  return a.draft.expiry.at - b.draft.expiry.at || (a.draft.referralId < b.draft.referralId ? -1 : 1);
}

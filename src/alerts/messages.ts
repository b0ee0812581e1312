import type { Instant } from '../base/instant.ts';
import type { AlertDraft } from '../model/alert.ts';
import { type Due, type Parcel, parcelled } from './digests.ts';
import type { Policy } from './policy.ts';

/** So many rows every list shows, whatever customers wrote. */
export const LIST_ROWS = 15;

/** Why an alert is told, or told again, now. */
export type Reason = 'first seen' | 'step reached' | 'left pending' | 'retry is due' | 'sender died' | 'no end named';

/** One alert to one channel, and why. */
export interface PlannedAlert extends Due {
  readonly draft: AlertDraft;
  readonly reason: Reason;
}

/** What goes out as one message: one alert, or many. */
export type PlannedMessage = Parcel<PlannedAlert>;

/** Puts what is due into messages: what is too much to read one by one comes as a digest, what is urgent named in it. */
export function gathered(alerts: readonly PlannedAlert[], { channels, digestAbove, steps }: Policy, now: Instant) {
  const keepers = new Set(channels.filter(({ incidents }) => incidents).map(({ id }) => id));
  const first = alerts.find(({ channel }) => keepers.has(channel))?.draft.referralId ?? '';
  const parcels = parcelled(alerts, {
    digestAbove,
    steps,
    fits: rows => rows.length <= LIST_ROWS,
    keepsIncidents: channel => keepers.has(channel),
    stormKey: `referral-alerts/${new Date(now).toISOString()}/${first}`,
  });
  const place = new Map(channels.map(({ id }, index) => [id, index]));
  return parcels.toSorted((a, b) => (place.get(a.channel) ?? 0) - (place.get(b.channel) ?? 0));
}

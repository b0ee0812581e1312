import { createHash } from 'node:crypto';
import type { Claimed } from '../alerts/deliveries.ts';
import type { PlannedMessage } from '../alerts/messages.ts';
import type { Instant } from '../base/instant.ts';
import type { Alert, AlertDraft } from '../model/alert.ts';
import type { AlertMessage, Message } from '../model/channel.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { ReferralFacts } from '../model/referral.ts';
import type { Reading } from './read-whole.ts';

/** Rows that a digest may show, and so the referrals read whole for it. */
export const DIGEST_ROWS = 15;

export interface Sources {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly rows: ReadonlyMap<string, Checkpoint>;
  readonly now: Instant;
}

/** Fills a draft with what is shown: the fresh reading where there is one, else what the checkpoint kept. */
function toAlert(draft: AlertDraft, { readings, rows }: Sources): Alert {
  const reading = readings.get(draft.referralId);
  if (typeof reading === 'object') return { ...draft, engagementId: reading.engagementId, facts: reading.facts };
  const summary = rows.get(draft.referralId)?.summary;
  return { ...draft, facts: { ...NOTHING_KNOWN, ...summary } };
}

const NOTHING_KNOWN: ReferralFacts = {
  customer: null,
  country: null,
  value: null,
  type: null,
  deal: null,
  solutions: [],
  qualification: null,
  customerRequestedContact: false,
};

/** The message for a channel. Its key is the same whenever the same alerts are sent again. */
export function toMessage(planned: PlannedMessage, claims: readonly Claimed[], sources: Sources): Message {
  const { now } = sources;
  if (planned.digest) {
    const names = claims.map(({ referralId, alert }) => nameOf(referralId, alert, sources)).toSorted();
    return {
      kind: 'digest',
      key: `digest/${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 32)}/${planned.channel}`,
      now,
      total: planned.alerts.length,
      rows: planned.alerts.slice(0, DIGEST_ROWS).map(({ draft }) => toAlert(draft, sources)),
      mayBeRepeat: planned.alerts.some(({ draft }) => draft.mayBeRepeat),
    };
  }
  const [{ draft }] = planned.alerts as [PlannedMessage['alerts'][number]];
  const [{ referralId, alert }] = claims as [Claimed];
  return alertMessage(draft, `${nameOf(referralId, alert, sources)}/${planned.channel}`, planned.channel, sources);
}

/**
 * The same on every attempt. A referral that comes back after it was closed gets other names: mail with an id that was
 * used before may be dropped as a repeat.
 */
function nameOf(referralId: string, alert: string, { rows }: Sources): string {
  return `${referralId}/${rows.get(referralId)?.firstSeenAt ?? ''}/${alert}`;
}

/** A message about one referral, with the card or mail that this channel already has of it. */
export function alertMessage(draft: AlertDraft, key: string, channel: string, sources: Sources): AlertMessage {
  const told = sources.rows
    .get(draft.referralId)
    ?.deliveries.filter(({ channel: to, digest, reference }) => to === channel && !digest && reference !== undefined)
    .toSorted((a, b) => b.at - a.at);
  const previous = told?.[0]?.reference;
  return {
    kind: 'alert',
    key,
    now: sources.now,
    alert: toAlert(draft, sources),
    ...(previous !== undefined && { previous }),
  };
}

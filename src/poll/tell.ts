import { afterOutcome, afterPutOff, type Claimed, claimOf } from '../alerts/deliveries.ts';
import type { PlannedMessage } from '../alerts/messages.ts';
import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import { deliverAll, type Sendable } from './deliver.ts';
import type { Entry, Ledger } from './ledger.ts';
import { type Sources, toMessage } from './message.ts';

/** One message that was tried, and what its channel said. */
export interface Told {
  readonly planned: PlannedMessage;
  readonly claims: readonly Claimed[];
  readonly outcome: Outcome;
}

/** How long outcomes may wait to be recorded together, in milliseconds: what a crash could make us repeat. */
const RECORD_EVERY_MS = 20_000;

/**
 * Claims, delivers and records the messages of a plan.
 * @param changed - ids of checkpoints that are written in any case
 * @returns every message that was tried; what another run had claimed, or what the time did not allow, is left out
 */
export async function tell(
  messages: readonly PlannedMessage[],
  changed: Iterable<string>,
  ledger: Ledger,
  channels: ReadonlyMap<string, Channel>,
  sources: Omit<Sources, 'rows'>,
  log: Log,
): Promise<Told[]> {
  const { now } = sources;
  const claimed = messages.map(planned => ({ planned, claims: claimsOf(planned, ledger, now) }));
  const entries = claimed.flatMap(({ claims }) => claims.map(claim => entryOf(claim, claim.sending)));
  const taken = await ledger.claim(changed, entries);

  const sendables = claimed.flatMap((work): Sendable<typeof work>[] => {
    const ours = without(work, taken);
    const channel = channels.get(work.planned.channel);
    if (!channel || ours.claims.length === 0) return [];
    return [{ channel, message: toMessage(ours.planned, ours.claims, { ...sources, rows: ledger.rows }), of: ours }];
  });

  const told: Told[] = [];
  let unrecorded: Entry[] = [];
  let recording = Promise.resolve();
  const record = (): void => {
    const batch = unrecorded;
    unrecorded = [];
    recording = recording.then(() => ledger.record(batch));
    // Met below, where everything is waited for.
    recording.catch(() => {});
  };
  const timer = setInterval(record, RECORD_EVERY_MS);
  try {
    await deliverAll(sendables, answered => {
      const { of, outcome } = answered;
      const { planned, claims } = of;
      if (outcome === null) {
        unrecorded.push(...claims.map(claim => entryOf(claim, afterPutOff(claim, answered.retryAt ?? now))));
        return;
      }
      unrecorded.push(...claims.map(claim => entryOf(claim, afterOutcome(claim.sending, outcome, now))));
      told.push({ planned, claims, outcome });
      logDelivery(log, planned, claims, outcome);
    });
  } finally {
    clearInterval(timer);
    record();
    await recording;
  }
  return told;
}

/** Every try by channel, for what it says about the channel. */
export function triesOf(told: readonly Told[]) {
  return told.map(({ planned: { channel }, claims, outcome }) => ({
    channel,
    attempts: claims[0]?.sending.attempts ?? 1,
    outcome,
  }));
}

function claimsOf(planned: PlannedMessage, ledger: Ledger, now: Instant): Claimed[] {
  return planned.alerts.flatMap(alert => {
    const row = ledger.rows.get(alert.draft.referralId);
    return row ? [claimOf(alert, planned.digest, row, now)] : [];
  });
}

/** The work without what another run is at. */
function without<T extends { planned: PlannedMessage; claims: Claimed[] }>(work: T, taken: ReadonlySet<string>): T {
  const alerts = work.planned.alerts.filter(({ draft }) => !taken.has(draft.referralId));
  const claims = work.claims.filter(({ referralId }) => !taken.has(referralId));
  return { ...work, planned: { ...work.planned, alerts }, claims };
}

function entryOf({ referralId, channel, alert }: Claimed, delivery: Entry['delivery']): Entry {
  return { referralId, channel, alert, delivery };
}

function logDelivery(log: Log, planned: PlannedMessage, claims: readonly Claimed[], outcome: Outcome): void {
  const [first] = claims;
  const [alert] = planned.alerts;
  log.info('delivery', {
    alert: planned.digest ? 'digest' : alert?.draft.kind,
    step: planned.digest ? null : (alert?.draft.step?.name ?? null),
    channel: planned.channel,
    outcome: outcome.state,
    attempts: first?.sending.attempts,
    referralId: planned.digest ? null : first?.referralId,
    reason: 'reason' in outcome ? outcome.reason : alert?.reason,
  });
}

import { afterOutcome, afterPutOff, markSending, type Sending } from '../alerts/deliveries.ts';
import type { PlannedMessage } from '../alerts/messages.ts';
import type { Log } from '../base/log.ts';
import type { Outcome } from '../model/channel.ts';
import { deliverAll, type Sendable } from './deliver.ts';
import { filled } from './fill.ts';
import type { Entry } from './ledger.ts';
import type { Run } from './run.ts';

/** One message that was tried, and what its channel said. */
export interface Told {
  readonly planned: PlannedMessage;
  readonly sendings: readonly Sending[];
  readonly outcome: Outcome;
}

/** How long outcomes may wait to be recorded together, in milliseconds: what a crash could make us repeat. */
const RECORD_EVERY_MS = 20_000;

/**
 * Reserves, delivers and records the messages of a plan.
 * @param changed - ids of checkpoints that are written in any case
 * @returns every message that was tried; what another run had reserved, or what the time did not allow, is left out
 */
export async function tell(messages: readonly PlannedMessage[], changed: Iterable<string>, run: Run): Promise<Told[]> {
  const { now, ledger, channels, log } = run;
  const works = messages.map(planned => ({ planned, sendings: sendingsOf(planned, run) }));
  const entries = works.flatMap(({ sendings }) => sendings.map(sending => entryOf(sending, sending.marked)));
  const taken = await ledger.reserve(changed, entries);

  const sendables = works.flatMap((work): Sendable<typeof work>[] => {
    const ours = without(work, taken);
    const channel = channels.get(work.planned.channel);
    if (!channel || ours.sendings.length === 0) return [];
    return [{ channel, message: filled(ours.planned, ours.sendings, run), of: ours }];
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
      const { planned, sendings } = of;
      if (outcome === null) {
        unrecorded.push(...sendings.map(sending => entryOf(sending, afterPutOff(sending, answered.retryAt ?? now))));
        return;
      }
      unrecorded.push(
        ...sendings.map(sending =>
          entryOf(sending, afterOutcome(sending.marked, outcome, { now, left: Number.POSITIVE_INFINITY })),
        ),
      );
      told.push({ planned, sendings, outcome });
      logDelivery(log, planned, sendings, outcome);
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
  return told.map(({ planned: { channel }, sendings, outcome }) => ({
    channel,
    attempts: sendings[0]?.marked.attempts ?? 1,
    outcome,
  }));
}

function sendingsOf(planned: PlannedMessage, { ledger, now }: Run): Sending[] {
  return planned.alerts.flatMap(alert => {
    const row = ledger.rows.get(alert.draft.referralId);
    return row ? [markSending(alert, planned.digest, row, { now, run: 'x' })] : [];
  });
}

/** The work without what another run is at. */
function without<T extends { planned: PlannedMessage; sendings: Sending[] }>(work: T, taken: ReadonlySet<string>): T {
  const alerts = work.planned.alerts.filter(({ draft }) => !taken.has(draft.referralId));
  const sendings = work.sendings.filter(({ referralId }) => !taken.has(referralId));
  return { ...work, planned: { ...work.planned, alerts }, sendings };
}

function entryOf({ referralId, channel, alert }: Sending, delivery: Entry['delivery']): Entry {
  return { referralId, channel, alert, delivery };
}

function logDelivery(log: Log, planned: PlannedMessage, sendings: readonly Sending[], outcome: Outcome): void {
  const [first] = sendings;
  const [alert] = planned.alerts;
  log.info('delivery', {
    alert: planned.digest ? 'digest' : alert?.draft.kind,
    step: planned.digest ? null : (alert?.draft.step?.name ?? null),
    channel: planned.channel,
    outcome: outcome.state,
    attempts: first?.marked.attempts,
    referralId: planned.digest ? null : first?.referralId,
    reason: 'reason' in outcome ? outcome.reason : alert?.reason,
  });
}

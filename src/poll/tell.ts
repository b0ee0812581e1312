import { nextAttemptAt, nextTryAt } from '../alerts/backoff.ts';
import { afterAnswer, countedAs, isRefusing } from '../alerts/channel-states.ts';
import { afterOutcome, afterPutOff, markSending, type Sending } from '../alerts/deliveries.ts';
import type { PlannedMessage } from '../alerts/messages.ts';
import { expiryIn, inOrder } from '../alerts/order.ts';
import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { Channel, Outcome } from '../model/channel.ts';
import { createSender } from './deliver.ts';
import { recipientsOf } from './duty.ts';
import { filled, inPlainestForm } from './fill.ts';
import { type Entry, oursOf } from './ledger.ts';
import type { Run } from './run.ts';

/** One message that was tried, and what its channel said. */
export interface Told {
  readonly planned: PlannedMessage;
  readonly sendings: readonly Sending[];
  readonly outcome: Outcome;
}

/** Time for all sending of a poll, in milliseconds. The platform ends an invocation after ten minutes. */
const SENDING_BUDGET_MS = 150_000;

/** A channel that names a time, or lets us wait for longer than this, is not asked again in the same poll. In milliseconds. */
const SLOW_MS = 10_000;

/** A row may be at fault, so many in a row are the tables. */
const MOST_FAILURES = 2;

/**
 * Reserves, delivers and records the messages of a plan: each channel in order, the channels side by side, so that a dead
 * one delays no other. A channel gets its next message when the outcome of its last one is written.
 * @param changed - ids of checkpoints that are written in any case
 * @returns every message that was tried; what another run had reserved, or what had to wait, is left out
 */
export async function tell(
  messages: readonly PlannedMessage[],
  changed: Iterable<string>,
  run: Run,
  budgetMs: number = SENDING_BUDGET_MS,
): Promise<Told[]> {
  const deadline = performance.now() + budgetMs;
  // What each is sent upon is settled before anything goes out: another run may write meanwhile.
  const queued = inOrder(messages).map(planned => ({ planned, sendings: sendingsOf(planned, run) }));
  const byChannel = Map.groupBy(queued, ({ planned }) => planned.channel);
  const writing = run.ledger.commit([], changed);
  const ends = await Promise.allSettled(
    [...byChannel].map(async ([id, queue]) => {
      const channel = run.channels.get(id);
      return channel ? await tellChannel(channel, queue, deadline, run) : [];
    }),
  );
  await writing;
  return ends.flatMap(end => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/** A message with the marks of all that it tells. */
interface Queued {
  readonly planned: PlannedMessage;
  readonly sendings: readonly Sending[];
}

/** Until when what is left of a queue has to wait, by the time that each has left; null while its channel is asked. */
type Wait = ((left: number) => Instant) | null;

async function tellChannel(
  channel: Channel,
  queue: readonly Queued[],
  deadline: number,
  run: Run,
): Promise<readonly Told[]> {
  const { now, ledger } = run;
  const send = createSender(channel);
  const told: Told[] = [];
  const { refusing } = run.states.get(channel.id) ?? {};
  let wait: Wait = refusing && !run.awake.has(channel.id) ? left => nextTryAt(now, left) : null;
  let failures = 0;
  /** What is still to be written of messages that have had their turn. */
  let unwritten: Entry[] = [];

  for (const { planned, sendings } of refusing ? anotherFirst(queue, refusing.last, run) : queue) {
    if (wait === null && performance.now() > deadline) wait = () => now;
    if (wait !== null) {
      unwritten.push(...putOff(sendings, wait(expiryIn(planned) - now)));
      continue;
    }
    const committed = await ledger.commit([...unwritten, ...sendings.map(reservation)]);
    unwritten = [];
    // Where the tables take nothing, what is told could not be kept from being told again.
    failures = sendings.every(({ referralId }) => committed.unwritten.has(referralId)) ? failures + 1 : 0;
    if (failures === MOST_FAILURES) return told;
    const ours = oursOf(sendings, committed);
    // Where reserving took so long that others may take us for dead it is theirs.
    if (ours.length === 0 || performance.now() > deadline) continue;
    const tried = await tryOne({ planned, sendings: ours }, channel, send, run);
    told.push(tried.told);
    unwritten = tried.outcomes;
    wait = tried.wait;
  }
  await ledger.commit(unwritten);
  return told;
}

/** Sends one message as far as it is ours, and says what is to be recorded of it. */
async function tryOne(
  { planned, sendings }: Queued,
  channel: Channel,
  send: ReturnType<typeof createSender>,
  run: Run,
): Promise<{ readonly told: Told; readonly outcomes: Entry[]; readonly wait: Wait }> {
  const { now, states } = run;
  const state = states.get(channel.id) ?? {};
  const left = expiryIn(planned) - now;
  const ours = only(planned, sendings);
  const message = filled(ours, sendings, run);
  const { outcome: answer, plainest, tookMs } = await send(message, () => inPlainestForm(message));

  const name = nameOf(ours, sendings, message.key);
  const outcome = plainest ? countedAs(state, name, answer) : answer;
  const silent = state.silentSince !== undefined;
  const outcomes = sendings.map(sending => ({
    ...at(sending),
    delivery: afterOutcome(sending.marked, outcome, { now, left, silent }),
  }));
  const byDoubt = outcomes.some(({ delivery }) => delivery.byDoubt);
  const after = afterAnswer(state, { message: name, outcome, byDoubt }, { mark: channel.mark, now });
  states.set(channel.id, after);
  const told = { planned: ours, sendings, outcome };
  logDelivery(told, run.log);
  return { told, outcomes, wait: waitAfter(outcome, { tookMs, silent, stillRefusing: isRefusing(after) }, now) };
}

/** What an answer makes of those that follow it in the queue. */
function waitAfter(
  outcome: Outcome,
  { tookMs, silent, stillRefusing }: { tookMs: number; silent: boolean; stillRefusing: boolean },
  now: Instant,
): Wait {
  if (stillRefusing) return left => nextTryAt(now, left);
  if (outcome.state === 'retry' && outcome.retryAt !== undefined) {
    const named = outcome.retryAt;
    return left => nextAttemptAt(1, now, left, named);
  }
  const slow = tookMs > SLOW_MS && (outcome.state === 'retry' || (outcome.state === 'doubtful' && !silent));
  return slow ? () => now : null;
}

/** A channel that refuses is not tried twice in a row with the same message, while several wait. */
function anotherFirst(queue: readonly Queued[], last: string, run: Run): readonly Queued[] {
  const [first, second, ...rest] = queue;
  if (!first || !second) return queue;
  const { planned, sendings } = first;
  const name = nameOf(planned, sendings, filled(planned, sendings, run).key);
  return name === last ? [second, first, ...rest] : queue;
}

/** What a message is known by among those of its channel. */
function nameOf(planned: PlannedMessage, [first]: readonly Sending[], key: string): string {
  return planned.form !== 'single' || !first ? key : `${first.referralId} ${first.alert}`;
}

/** Every try by channel, for what it says about the channel. */
export function triesOf(told: readonly Told[]) {
  return told.map(({ planned: { channel }, outcome }) => ({ channel, outcome }));
}

function sendingsOf(planned: PlannedMessage, { ledger, now, id, channels, duty }: Run): Sending[] {
  const to = recipientsOf(planned, channels.get(planned.channel), duty, ledger.rows)?.names;
  return planned.alerts.flatMap(alert => {
    const row = ledger.rows.get(alert.draft.referralId);
    return row ? [markSending(alert, planned, row, { now, run: id, to })] : [];
  });
}

/** The message without what another run is at. */
function only(planned: PlannedMessage, sendings: readonly Sending[]): PlannedMessage {
  const ours = new Set(sendings.map(({ referralId }) => referralId));
  return { ...planned, alerts: planned.alerts.filter(({ draft }) => ours.has(draft.referralId)) };
}

function reservation(sending: Sending): Entry {
  return { ...at(sending), delivery: sending.marked, upon: sending.before };
}

/** The marks of what has to wait, where they say anything new. */
function putOff(sendings: readonly Sending[], retryAt: Instant): Entry[] {
  return sendings.flatMap(sending => {
    const delivery = afterPutOff(sending, retryAt);
    return delivery === sending.before ? [] : [{ ...at(sending), delivery }];
  });
}

function at({ referralId, channel, alert }: Sending) {
  return { referralId, channel, alert };
}

function logDelivery({ planned, sendings, outcome }: Told, log: Log): void {
  const [first] = sendings;
  const [alert] = planned.alerts;
  const isMany = planned.form !== 'single';
  log.info('delivery', {
    alert: isMany ? 'digest' : alert?.draft.kind,
    step: isMany ? null : (alert?.draft.step?.name ?? null),
    channel: planned.channel,
    outcome: outcome.state,
    attempts: first?.marked.attempts,
    referralId: isMany ? null : first?.referralId,
    reason: 'reason' in outcome ? outcome.reason : alert?.reason,
  });
}

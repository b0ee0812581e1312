import { createHash } from 'node:crypto';
import { catchAllOf } from '../alerts/audiences.ts';
import { afterOutcome } from '../alerts/deliveries.ts';
import { incidentOf, lastResortIncidents } from '../alerts/incidents.ts';
import { needsLastResort, type Untold, untoldOf } from '../alerts/untold.ts';
import type { Log } from '../base/log.ts';
import type { Channel, LastResortMessage, OperatorChannel, Outcome } from '../model/channel.ts';
import { LAST_RESORT } from '../model/checkpoint.ts';
import { asOutcome } from './deliver.ts';
import { hasLeft } from './facts.ts';
import { type Entry, oursOf } from './ledger.ts';
import type { Run } from './run.ts';

/** Whoever a last resort may be told through. */
export type Listener = Pick<Channel | OperatorChannel, 'id' | 'deliver'>;

/**
 * Looks after the pending referrals that no sales channel has been told of: those whose time is short are told through
 * whoever is left, in one message a channel that names them all.
 * @returns all that are untold, before anything was told here
 */
export async function lookAfterUntold(run: Run, operators: readonly OperatorChannel[]): Promise<readonly Untold[]> {
  const { ledger, policy, now } = run;
  // Of what was answered while the list shows it still, nobody is to be told.
  const untold = untoldOf(ledger.rows.values(), policy, now).filter(
    ({ checkpoint }) => !hasLeft(run.readings.get(checkpoint.referralId)),
  );
  const due = untold
    .filter(each => needsLastResort(each, policy, now))
    .toSorted((a, b) => a.checkpoint.expiry.at - b.checkpoint.expiry.at);
  if (due.length === 0) return untold;

  const incidents = incidentsOf(due, run);
  const marks = due.map(each => reservation(each, incidents, run));
  const held = oursOf(marks, await ledger.commit(marks));
  const ids = new Set(held.map(({ referralId }) => referralId));
  const ours = due.filter(({ checkpoint }) => ids.has(checkpoint.referralId));
  if (ours.length === 0) return untold;

  const message = messageOf(ours, incidents, run);
  const isTold = await tellInTurn(turnsOf(run, operators), message, run);
  const outcome: Outcome = isTold ? { state: 'delivered' } : { state: 'retry', reason: 'nobody took it', retryAt: now };
  await ledger.commit(
    held.map(mark => ({ ...mark, delivery: afterOutcome(mark.delivery, outcome, { now, left: 0 }) })),
  );
  return untold;
}

/** Who is asked first, who when none of these takes it, and last those that refuse. */
function turnsOf({ channels, states, policy }: Run, operators: readonly OperatorChannel[]): Listener[][] {
  const catchAll = catchAllOf(policy);
  const isFirst = ({ id, audience }: Channel) => audience === 'on-call' || catchAll.has(id);
  const refuses = ({ id }: Listener) => states.get(id)?.refusing !== undefined;
  const [first, others] = [[...channels.values()].filter(isFirst), [...channels.values()].filter(one => !isFirst(one))];
  const all: Listener[] = [...first, ...operators, ...others];
  return [
    [...first, ...operators].filter(one => !refuses(one)),
    others.filter(one => !refuses(one)),
    all.filter(refuses),
  ];
}

async function tellInTurn(turns: Listener[][], message: Omit<LastResortMessage, 'key'>, run: Run): Promise<boolean> {
  for (const listeners of turns) if (await tellEach(listeners, message, run)) return true;
  return false;
}

/** By referral; the pager keeps an incident that it has. Empty where nobody keeps any. */
function incidentsOf(due: readonly Untold[], { policy }: Run): Incidents {
  const keeper = policy.channels.find(({ incidents }) => incidents);
  if (!keeper) return new Map();
  return lastResortIncidents(
    due.map(({ checkpoint }) => ({
      referralId: checkpoint.referralId,
      incident: incidentOf(checkpoint, keeper.id),
    })),
  );
}

type Incidents = ReadonlyMap<string, string>;

function reservation({ checkpoint, alert }: Untold, incidents: Incidents, { now, id: run }: Run): Entry {
  const { referralId, deliveries } = checkpoint;
  const before = deliveries.find(({ channel, alert: name }) => channel === LAST_RESORT && name === alert);
  const at = { alert, channel: LAST_RESORT };
  const attempts = (before?.attempts ?? 0) + 1;
  const incident = incidents.get(referralId);
  const shared = incident !== undefined && incident !== referralId && { storm: incident };
  return { referralId, ...at, delivery: { ...at, state: 'sending', attempts, at: now, run, ...shared }, upon: before };
}

function messageOf(untold: readonly Untold[], incidents: Incidents, { now }: Run): Omit<LastResortMessage, 'key'> {
  const rows = untold.map(({ checkpoint: { referralId, engagementId, expiry } }) => {
    return { referralId, engagementId, expiry, incident: incidents.get(referralId) ?? referralId };
  });
  return { kind: 'last-resort', why: 'untold', now, rows };
}

/** Tells all of them side by side; whether anybody took it. */
async function tellEach(
  listeners: readonly Listener[],
  message: Omit<LastResortMessage, 'key'>,
  { log }: Pick<Run, 'log'>,
): Promise<boolean> {
  const taken = await Promise.all(listeners.map(listener => tellOne(listener, message, log)));
  return taken.includes(true);
}

/**
 * Tells one of them; whether it took it. What may have arrived counts: nobody must be woken again and again through a
 * channel that does not answer.
 */
export async function tellOne(listener: Listener, message: Omit<LastResortMessage, 'key'>, log: Log): Promise<boolean> {
  const ids = message.rows.map(({ referralId }) => referralId).join('\n');
  const name = createHash('sha256').update(`${ids}\n${message.now}`).digest('hex').slice(0, 32);
  const key = `${LAST_RESORT}/${name}/${listener.id}`;
  const outcome = await asOutcome(() => listener.deliver({ ...message, key }));
  log.warn('last-resort', { channel: listener.id, outcome: outcome.state, referrals: message.rows.length });
  return mayBeThere(outcome);
}

/** Whether people may have it: it is not worth waking them again. */
export function mayBeThere({ state }: Outcome): boolean {
  return state === 'delivered' || state === 'accepted' || state === 'doubtful';
}

import { afterOutcome } from '../alerts/deliveries.ts';
import { operatorsDelivery } from '../alerts/exits.ts';
import type { AlertDraft } from '../model/alert.ts';
import type { AlertMessage, Message, OperatorChannel, Outcome } from '../model/channel.ts';
import { LAST_RESORT } from '../model/checkpoint.ts';
import { asOutcome } from './deliver.ts';
import { alertMessage } from './fill.ts';
import { mayBeThere } from './last-resort.ts';
import { type Entry, oursOf } from './ledger.ts';
import type { Run } from './run.ts';

/** Tells the operator of leads that expired without anybody having been told: one by one, or in one message when they are many. */
export async function tellUnheard(
  drafts: readonly AlertDraft[],
  run: Run,
  operators: readonly OperatorChannel[],
): Promise<void> {
  if (drafts.length === 0) return;
  const { ledger, now } = run;
  const marks = drafts.flatMap(({ referralId }) => reservation(referralId, run));
  const held = oursOf(marks, await ledger.commit(marks));
  const ids = new Set(held.map(({ referralId }) => referralId));
  const alerts = drafts
    .filter(({ referralId }) => ids.has(referralId))
    .map(draft => alertMessage(draft, `${draft.referralId}/expired/operator`, LAST_RESORT, run));
  const outcomes = await tellEach(alerts, run, operators);
  await ledger.commit(
    held.map(mark => {
      const outcome: Outcome = outcomes.get(mark.referralId) ?? {
        state: 'retry',
        reason: 'nobody took it',
        retryAt: now,
      };
      return { ...mark, delivery: afterOutcome(mark.delivery, outcome, { now, left: 0 }) };
    }),
  );
}

function reservation(referralId: string, { ledger, now, id: run }: Run): Entry[] {
  const row = ledger.rows.get(referralId);
  if (!row) return [];
  const before = operatorsDelivery(row.deliveries);
  const at = { alert: 'expired', channel: LAST_RESORT };
  const since = before?.since ?? before?.at ?? now;
  const delivery = { ...at, state: 'sending' as const, attempts: (before?.attempts ?? 0) + 1, at: now, since, run };
  return [{ referralId, ...at, delivery, upon: before }];
}

/** The outcome of each that somebody took, by referral. */
async function tellEach(
  alerts: readonly AlertMessage[],
  { policy, log }: Run,
  operators: readonly OperatorChannel[],
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const rows of alerts.length > policy.digestAbove ? [alerts] : alerts.map(alert => [alert])) {
    const told = await Promise.all(
      operators.map(async operator => {
        const outcome = await asOutcome(() => operator.deliver(messageOf(rows, operator.id)));
        log.warn('last-resort', { channel: operator.id, outcome: outcome.state, referrals: rows.length });
        return mayBeThere(outcome);
      }),
    );
    if (told.includes(true)) for (const { alert } of rows) outcomes.set(alert.referralId, { state: 'delivered' });
  }
  return outcomes;
}

function messageOf(rows: readonly AlertMessage[], operator: string): Message {
  const [first, ...others] = rows as [AlertMessage];
  const key = `${first.key}/${operator}`;
  if (others.length === 0) return { ...first, key };
  const alerts = rows.map(({ alert }) => alert);
  return {
    ...{ kind: 'digest', key: `digest/${key}`, now: first.now, of: { kind: 'expired', step: null } },
    ...{ total: alerts.length, rows: alerts, mayBeRepeat: alerts.some(({ mayBeRepeat }) => mayBeRepeat) },
  };
}

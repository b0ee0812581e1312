import { createHash } from 'node:crypto';
import type { Sending } from '../alerts/deliveries.ts';
import { LIST_ROWS, type PlannedMessage } from '../alerts/messages.ts';
import { movedName } from '../alerts/steps.ts';
import type { Alert, AlertDraft } from '../model/alert.ts';
import { ownMessages } from '../model/cards.ts';
import type { AlertMessage, DigestMessage } from '../model/channel.ts';
import type { KeptSummary } from '../model/checkpoint.ts';
import { NOTHING_KNOWN } from '../model/referral.ts';
import type { Run } from './run.ts';

/** An incident names as many as it can; a pager bounds what it takes. */
const STORM_ROWS = 200;
const NOTHING_KEPT: KeptSummary = NOTHING_KNOWN;

/** Fills a draft with what is shown: the fresh reading where there is one, else what the checkpoint kept. */
function toAlert(drawn: AlertDraft, { readings, ledger, duty }: Run): Alert {
  const isCritical = drawn.step?.severity === 'critical';
  const draft = isCritical && duty ? { ...drawn, onDuty: duty.onDuty } : drawn;
  const row = ledger.rows.get(draft.referralId);
  const reading = row?.forgotten ? undefined : readings.get(draft.referralId);
  if (typeof reading === 'object') return { ...draft, engagementId: reading.engagementId, facts: reading.facts };
  const { customer, country, value, type, asked } = row?.summary ?? NOTHING_KEPT;
  const { qualification = null } = asked ?? {};
  return { ...draft, facts: { ...NOTHING_KNOWN, customer, country, value, type, qualification } };
}

/** A message of a plan, ready to go out. */
type Filled = AlertMessage | DigestMessage;

/** A message in its plainest form: kind, id, expiry and link, nothing that a customer or a colleague wrote. */
export function inPlainestForm(message: Filled): Filled {
  const plainest = true as const;
  if (message.kind === 'digest') return { ...message, plainest, rows: message.rows.map(withoutWords) };
  return { ...message, plainest, alert: withoutWords(message.alert) };
}

function withoutWords(alert: Alert): Alert {
  return { ...alert, claim: null, facts: { ...NOTHING_KNOWN, type: alert.facts.type } };
}

/** The message for a channel, in the form that its last attempts call for. */
export function filled(planned: PlannedMessage, sendings: readonly Sending[], run: Run): Filled {
  const to = recipientsIn(sendings, run);
  const message = { ...whole(planned, sendings, run), ...formOf(sendings), ...(to && { to }) };
  return sendings.every(({ marked }) => marked.plain) ? inPlainestForm(message) : message;
}

/** The addresses behind the names that were kept when it was reserved. */
function recipientsIn(sendings: readonly Sending[], { duty }: Run): readonly string[] | null {
  const names = sendings.flatMap(({ marked }) => marked.to ?? []);
  const addresses = names.length > 0 ? (duty?.addressesOf(names) ?? []) : [];
  return addresses.length > 0 ? addresses : null;
}

function formOf(sendings: readonly Sending[]): Pick<Filled, 'round' | 'only'> {
  const round = Math.max(...sendings.map(({ marked }) => marked.round ?? 0));
  const again = sendings.every(({ marked }) => marked.again)
    ? sendings.flatMap(({ marked }) => marked.again ?? [])
    : [];
  return { ...(round > 0 && { round }), ...(again.length > 0 && { only: [...new Set(again)] }) };
}

/** The whole message. Its key is the same whenever the same alerts are sent again. */
function whole(planned: PlannedMessage, sendings: readonly Sending[], run: Run): Filled {
  if (planned.form !== 'single') {
    const names = sendings.map(({ referralId, alert }) => nameOf(referralId, alert, run)).toSorted();
    return {
      kind: 'digest',
      key: `digest/${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 32)}/${planned.channel}`,
      ...(planned.form === 'storm' && { incident: planned.key }),
      now: run.saidAt,
      of: commonKind(planned.alerts.map(({ draft }) => draft)),
      total: planned.alerts.length,
      rows: planned.alerts
        .slice(0, planned.form === 'storm' ? STORM_ROWS : LIST_ROWS)
        .map(({ draft }) => toAlert(draft, run)),
      mayBeRepeat: planned.alerts.some(({ draft }) => draft.mayBeRepeat),
    };
  }
  const [{ draft }] = planned.alerts as [PlannedMessage['alerts'][number]];
  const [{ referralId, alert }] = sendings as [Sending];
  return alertMessage(draft, `${nameOf(referralId, alert, run)}/${planned.channel}`, planned.channel, run);
}

/** What all alerts of a digest are. */
function commonKind(drafts: readonly AlertDraft[]): DigestMessage['of'] {
  const { kind, step } = drafts[0] as AlertDraft;
  return { kind, step };
}

/**
 * The same on every attempt. A referral that comes back after it was closed gets other names: mail with an id that was
 * used before may be dropped as a repeat. So does a step that was told before for another expiry.
 */
function nameOf(referralId: string, alert: string, { ledger }: Run): string {
  const row = ledger.rows.get(referralId);
  const before = row?.deliveries.find(delivery => delivery.alert === movedName(alert));
  const again = before && before.alert !== alert ? `@${before.expiry ?? before.at}` : '';
  return `${referralId}/${row?.firstSeenAt ?? ''}/${alert}${again}`;
}

/** A message about one referral, with the card or mail that this channel already has of it. */
export function alertMessage(draft: AlertDraft, key: string, channel: string, run: Run): AlertMessage {
  const row = run.ledger.rows.get(draft.referralId);
  const thread = row ? ownMessages(row, channel).map(({ reference }) => reference) : [];
  const previous = thread.at(-1);
  return {
    kind: 'alert',
    key,
    now: run.saidAt,
    alert: toAlert(draft, run),
    ...(previous !== undefined && { previous, thread: [...new Set(thread)] }),
  };
}

import { clean } from '../../messages/text.ts';
import type { Checkpoint, Delivery } from '../../model/checkpoint.ts';

/** What the tables hold of one referral, for whoever asks for it. */
export function keptOf(checkpoint: Checkpoint): readonly string[] {
  const { referralId, engagementId, summary, createdAt, firstSeenAt, expiry, route, forgotten } = checkpoint;
  const { claim, deeds = [], exit, exitWord, deliveries } = checkpoint;
  const { customer, country, value, type, asked } = summary ?? {};
  const facts: readonly (readonly [label: string, value: unknown])[] = [
    ['customer', customer],
    ['country', country],
    ['value', value && [value.currency, value.amount].filter(part => part !== null).join(' ')],
    ['type', type],
    ['asks for', asked?.solutions.join(', ')],
    ['qualification', asked?.qualification],
    ['engagement', engagementId],
    ['created', createdAt === null ? null : instantText(createdAt)],
    ['first seen', instantText(firstSeenAt)],
    ['expires', instantText(expiry.at)],
    ['rules', route],
    ['claimed by', claim && [claim.name, claim.by].filter(part => part !== '').join(', ')],
    ...deeds.map(({ what, at, name }) => [`${what} by`, `${name || '(nobody named)'}, ${instantText(at)}`] as const),
    ['left pending', exit && [exit, exitWord].filter(part => part !== undefined).join(', ')],
    ['told', deliveries.length === 0 ? null : deliveries.map(toldText).join('; ')],
    ['forgotten', forgotten && 'yes: what people wrote of it is neither kept nor shown'],
  ];
  return [
    `Referral ${clean(referralId, 128)}`,
    ...facts.flatMap(([label, value]) => {
      const text = clean(String(value ?? ''), 2000);
      return text === '' ? [] : [`  ${`${label}:`.padEnd(15)}${text}`];
    }),
  ];
}

/** The messages that went out about one referral: they lie where no command of ours reaches them. */
export function liesElsewhere({ referralId, deliveries }: Checkpoint): readonly string[] {
  const out = deliveries.filter(({ state }) => state !== 'retry' && state !== 'refused');
  return out.map(delivery => `  ${whatIsThere(referralId, delivery)}`);
}

function whatIsThere(referralId: string, { channel, alert, at, reference, storm }: Delivery): string {
  const named = reference === undefined ? '' : `, ${clean(reference, 300)}`;
  const when = `${alert}, ${instantText(at)}${named}`;
  const carrier = channel.split(':')[0]?.replace(/^(?:oncall|operator)-/, '');
  if (carrier === 'pager') return `Incident in PagerDuty (${channel}): ${clean(storm ?? referralId, 300)} (${when})`;
  if (carrier === 'email') return `Mail in the mailboxes of ${channel} (${when})`;
  if (carrier === 'bot') return `Card of the bot in ${clean(channel, 200)} (${when})`;
  if (carrier === 'teams') return `Card in the Teams channel of ${channel}, and the run history of its flow (${when})`;
  return `Message to ${clean(channel, 200)} (${when})`;
}

function toldText({ channel, alert, state, at }: Delivery): string {
  return `${alert} to ${channel}, ${state}, ${instantText(at)}`;
}

function instantText(at: number): string {
  return new Date(at).toISOString();
}

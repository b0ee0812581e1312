import type { IAdaptiveCard, IExecuteAction } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import { alertCard, fallbackOf } from '../messages/alert-card.ts';
import { type CardView, textBlock } from '../messages/card-parts.ts';
import { dateInWords } from '../messages/format.ts';
import { activeClaim, execute, type Handling, personName } from '../messages/handling.ts';
import type { Alert, EscalationStep } from '../model/alert.ts';
import type { Checkpoint, Claim } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import type { Post } from './gateway.ts';
import { calling, callOf, type Person } from './remark.ts';

/** What the cards of every referral are made with. */
export interface CardSetting {
  readonly view: CardView;
  readonly steps: readonly EscalationStep[];
}

/** The card of one referral as it stands now: what is to be said, who has it, and what can be done. */
export function referralPost(
  alert: Alert,
  now: Instant,
  handling: Handling,
  { view, steps }: CardSetting,
  firstNotes: readonly string[] = [],
): Post & { card: IAdaptiveCard } {
  const held = activeClaim(handling, now);
  const shown: Alert = { ...alert, claim: held ?? null };
  const card = alertCard({ alert: shown, now }, view, {
    actions: actionsOf(shown, held, now < criticalAt(alert.expiry.at, steps)),
    notes: [...firstNotes, ...notesOf(shown, now, handling, view.timeZone)],
  });
  return { card, summary: fallbackOf(shown, now, view).slice(0, 250).toWellFormed() };
}

/** The card when it calls people by name. */
export function callingPost<CardPost extends Post & { readonly card: IAdaptiveCard }>(
  post: CardPost,
  people: readonly Person[],
): CardPost {
  if (people.length === 0) return post;
  const { card } = post;
  const called = { ...card, body: [...(card.body ?? []), textBlock(callOf(people), { spacing: 'Medium' })] };
  return { ...post, card: calling(people, called) };
}

/** From when on nothing keeps an alert quiet. */
export function criticalAt(expiryAt: Instant, steps: readonly EscalationStep[]): Instant {
  const critical = steps.filter(({ severity }) => severity === 'critical').map(({ before }) => before);
  return expiryAt - Math.max(0, ...critical);
}

/** How a channel was last told of a referral, with what Partner Center says of it now. */
export function alertNow(
  referral: Referral,
  checkpoint: Pick<Checkpoint, 'expiry' | 'deliveries'>,
  channel: string,
  steps: readonly EscalationStep[],
): Alert {
  const told = checkpoint.deliveries
    .filter(delivery => delivery.channel === channel && delivery.state === 'delivered')
    .map(({ alert }) => alert);
  const severest = steps
    .filter(step => told.includes(`escalation:${step.name}`))
    .sort((a, b) => a.before - b.before)
    .at(0);
  return {
    kind: severest ? 'escalation' : 'new',
    referralId: referral.id,
    engagementId: referral.engagementId,
    step: severest ?? null,
    firstTold: false,
    mayBeRepeat: false,
    unconfirmedSince: null,
    expiry: checkpoint.expiry,
    exit: null,
    claim: null,
    facts: referral.facts,
  };
}

/** One claim, as the buttons of the cards that show it name it. */
export function claimMark({ at, by }: Claim): string {
  return `${at}/${by}`;
}

function actionsOf(alert: Alert, held: Claim | undefined, canSnooze: boolean): IExecuteAction[] {
  if (alert.kind !== 'new' && alert.kind !== 'escalation') return [];
  const data = { referralId: alert.referralId };
  return [
    held ? execute('release', 'Release', { ...data, claim: claimMark(held) }) : execute('claim', 'Claim', data),
    execute('details', 'Details', data),
    ...(canSnooze ? [execute('snooze', 'Snooze 1 day', data)] : []),
  ];
}

function notesOf(alert: Alert, now: Instant, { claim, snoozedUntil }: Handling, timeZone: string): string[] {
  const name = claim ? personName(claim.name) : '';
  if (alert.kind === 'answered') return claim ? [`Probably answered by ${name}, who had claimed it.`] : [];
  if (alert.kind === 'expired') return claim ? [`${name} had claimed it.`] : [];
  if (snoozedUntil === undefined || snoozedUntil <= now) return [];
  return [`Snoozed until ${dateInWords(snoozedUntil, timeZone)}; critical alerts still come.`];
}

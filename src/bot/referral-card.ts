import type { IAdaptiveCard, IExecuteAction } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import { alertCard } from '../messages/alert-card.ts';
import { summaryOf } from '../messages/card.ts';
import { execute, textBlock } from '../messages/card-parts.ts';
import { personInWords } from '../messages/facts.ts';
import { activeClaim, type Handling } from '../messages/handling.ts';
import type { CardView } from '../messages/view.ts';
import type { Words } from '../messages/words/words.ts';
import { type Alert, type EscalationStep, NOTHING_ELSE } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import type { Claim } from '../model/trail.ts';
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
    actions: actionsOf(shown, held, now < criticalAt(alert.expiry.at, steps), view.words),
    notes: [...firstNotes, ...notesOf(shown, now, handling, view)],
  });
  return { card, summary: summaryOf({ kind: 'alert', key: '', now, alert: shown }, view) ?? '' };
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
  checkpoint: Pick<Checkpoint, 'expiry' | 'deliveries' | 'firstSeenAt'>,
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
    ...NOTHING_ELSE,
    kind: severest ? 'escalation' : 'new',
    referralId: referral.id,
    engagementId: referral.engagementId,
    step: severest ?? null,
    expiry: checkpoint.expiry,
    firstSeenAt: checkpoint.firstSeenAt,
    exit: null,
    exitWord: null,
    claim: null,
    facts: referral.facts,
  };
}

/** One claim, as the buttons of the cards that show it name it. */
export function claimMark({ at, by }: Claim): string {
  return `${at}/${by}`;
}

function actionsOf(
  alert: Alert,
  held: Claim | undefined,
  canSnooze: boolean,
  { bot: { button } }: Words,
): IExecuteAction[] {
  if (isExit(alert)) return [];
  const data = { referralId: alert.referralId };
  return [
    held
      ? execute('release', button.release(), { ...data, claim: claimMark(held) })
      : execute('claim', button.claim(), data),
    execute('details', button.details(), data),
    ...(canSnooze ? [execute('snooze', button.snooze(), data)] : []),
  ];
}

function notesOf(alert: Alert, now: Instant, { claim, snoozedUntil }: Handling, view: CardView): string[] {
  const { bot, forms } = view.words;
  const name = claim ? personInWords(claim.name, view.words) : null;
  if (alert.kind === 'answered') return name === null ? [] : [bot.probablyAnsweredBy(name)];
  if (isExit(alert)) return name === null ? [] : [bot.hadClaimed(name)];
  if (snoozedUntil === undefined || snoozedUntil <= now) return [];
  return [bot.snoozedUntil(forms.moment(snoozedUntil, view.timeZone))];
}

import type { IAdaptiveCard, IExecuteAction } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import { alertCard, fallbackOf } from '../messages/alert-card.ts';
import type { CardView } from '../messages/card-parts.ts';
import { dateInWords } from '../messages/format.ts';
import { clean } from '../messages/text.ts';
import type { Alert, EscalationStep } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Checkpoint, Claim } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import type { Post } from './gateway.ts';

/** What people did with a referral in Teams. */
export interface Handling {
  readonly claim?: Claim;
  readonly snoozedUntil?: Instant;
}

/** The card of one referral as it stands now: what is to be said, who has it, and what can be done. */
export function referralPost(
  alert: Alert,
  now: Instant,
  handling: Handling,
  view: CardView,
  firstNotes: readonly string[] = [],
): Post & { card: IAdaptiveCard } {
  const held = activeClaim(handling, now);
  const shown: Alert = { ...alert, claim: held ?? null };
  const card = alertCard({ alert: shown, now }, view, {
    actions: actionsOf(shown, held),
    notes: [...firstNotes, ...notesOf(shown, now, handling, view.timeZone)],
  });
  return { card, summary: fallbackOf(shown, now, view).slice(0, 250).toWellFormed() };
}

/** The claim that counts now; a claim that ran out is none. */
export function activeClaim({ claim }: Handling, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
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

export function execute(verb: string, title: string, data: Record<string, string | number>): IExecuteAction {
  return { type: 'Action.Execute', verb, title, data };
}

function actionsOf(alert: Alert, held: Claim | undefined): IExecuteAction[] {
  if (isExit(alert)) return [];
  const data = { referralId: alert.referralId };
  return [
    held ? execute('release', 'Release', data) : execute('claim', 'Claim', data),
    execute('details', 'Details', data),
    execute('snooze', 'Snooze 1 day', data),
  ];
}

function notesOf(alert: Alert, now: Instant, { claim, snoozedUntil }: Handling, timeZone: string): string[] {
  const name = claim ? personName(claim.name) : '';
  if (alert.kind === 'answered') return claim ? [`Probably answered by ${name}, who had claimed it.`] : [];
  if (alert.kind === 'expired') return claim ? [`${name} had claimed it.`] : [];
  if (snoozedUntil === undefined || snoozedUntil <= now) return [];
  return [`Snoozed until ${dateInWords(snoozedUntil, timeZone)}; critical alerts still come.`];
}

/** A colleague's name as it may be shown; never empty. */
export function personName(name: string | null | undefined): string {
  return clean(name ?? '', 80) || 'a colleague';
}

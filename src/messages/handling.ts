import type { IExecuteAction } from '@microsoft/teams.cards';
import type { Instant } from '../base/instant.ts';
import type { Claim } from '../model/checkpoint.ts';
import { clean } from './text.ts';

/** What people did with a referral in Teams. */
export interface Handling {
  readonly claim?: Claim;
  readonly snoozedUntil?: Instant;
}

/** The claim that counts now; a claim that ran out is none. */
export function activeClaim({ claim }: Handling, now: Instant): Claim | undefined {
  return claim && claim.until > now ? claim : undefined;
}

/** A colleague's name as it may be shown; never empty. */
export function personName(name: string | null | undefined): string {
  return clean(name ?? '', 80) || 'a colleague';
}

/** A button that asks the bot to do something. */
export function execute(verb: string, title: string, data: Record<string, string | number | boolean>): IExecuteAction {
  return { type: 'Action.Execute', verb, title, data };
}

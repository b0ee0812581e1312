import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { type CardView, card, foot, head, textBlock } from '../messages/card-parts.ts';
import { dateInWords } from '../messages/format.ts';
import { execute, personName } from '../messages/handling.ts';
import { inert, shownId } from '../messages/text.ts';
import { titleOf } from '../messages/wording.ts';
import type { Claim } from '../model/checkpoint.ts';
import type { Referral } from '../model/referral.ts';
import { claimMark } from './referral-card.ts';

/** What is asked of somebody who is about to release a colleague's claim. */
export function askRelease(
  { id, facts }: Pick<Referral, 'id' | 'facts'>,
  held: Claim,
  { timeZone }: CardView,
): IAdaptiveCard {
  const name = personName(held.name);
  const claimed = `${name} has claimed this one, since ${dateInWords(held.at, timeZone)}.`;
  return card(
    [
      head(titleOf(facts), `Release ${name}’s claim?`, 'warning'),
      textBlock(inert(`${claimed} If you release it, ${name} is told.`), { spacing: 'Medium' }),
      foot(`Referral ${shownId(id)}`),
    ],
    inert(claimed),
    [
      execute('release', 'Release it', { referralId: id, claim: claimMark(held), sure: true }),
      execute('back', 'Back', { referralId: id }),
    ],
  );
}

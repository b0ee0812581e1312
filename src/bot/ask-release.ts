import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { card, execute, foot, head, notes } from '../messages/card-parts.ts';
import { personInWords, titleOf } from '../messages/facts.ts';
import { flat, shownId } from '../messages/text.ts';
import type { CardView } from '../messages/view.ts';
import type { Referral } from '../model/referral.ts';
import type { Claim } from '../model/trail.ts';
import { claimMark } from './referral-card.ts';

/** What is asked of somebody who is about to release a colleague's claim. */
export function askRelease({ id, facts }: Pick<Referral, 'id' | 'facts'>, held: Claim, view: CardView): IAdaptiveCard {
  const { bot, facts: factWords, forms } = view.words;
  const name = personInWords(held.name, view.words);
  const told = bot.releaseIsTold(name, forms.moment(held.at, view.timeZone));
  return card(
    [
      head({ title: titleOf(facts, view.words), strong: bot.releaseOf(name), tone: 'warning' }),
      ...notes([told]),
      ...foot(factWords.referralId(shownId(id))),
    ],
    flat(told),
    [
      execute('release', bot.button.releaseAnyway(), { referralId: id, claim: claimMark(held), sure: true }),
      execute('back', bot.button.back(), { referralId: id }),
    ],
  );
}

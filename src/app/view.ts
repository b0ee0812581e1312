import type { WorkingTime } from '../alerts/working-time.ts';
import { fillLink } from '../messages/link.ts';
import type { CardView } from '../messages/view.ts';
import { wordsIn } from '../messages/words/words-in.ts';
import type { OtherSettings } from '../settings/settings.ts';

/**
 * How readers see dates and reach a referral, in their language.
 * @param workingTime - as it is known now; null while it is not, or when people always work
 */
export async function viewOf(
  { timeZone, linkTemplate, language }: OtherSettings,
  workingTime: () => WorkingTime | null = () => null,
): Promise<CardView> {
  return {
    words: await wordsIn(language),
    timeZone,
    linkFor: (id, engagementId) => (linkTemplate === null ? null : fillLink(linkTemplate, id, engagementId)),
    workingDaysLeft: (now, until) => workingTime()?.workingDaysLeft(now, until) ?? null,
  };
}

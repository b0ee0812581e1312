import type { WorkingTime } from '../alerts/working-time.ts';
import { fillLink } from '../messages/link.ts';
import type { CardView } from '../messages/view.ts';
import { en } from '../messages/words/en.ts';
import type { OtherSettings } from '../settings/settings.ts';

/**
 * How readers see dates and reach a referral.
 * @param workingTime - as it is known now; null while it is not, or when people always work
 */
export function viewOf(
  { timeZone, linkTemplate }: OtherSettings,
  workingTime: () => WorkingTime | null = () => null,
): CardView {
  return {
    words: en,
    timeZone,
    linkFor: (id, engagementId) => (linkTemplate === null ? null : fillLink(linkTemplate, id, engagementId)),
    get workingDaysLeft() {
      const time = workingTime();
      return time ? (now: number, until: number) => time.workingDaysLeft(now, until) : undefined;
    },
  } as CardView;
}

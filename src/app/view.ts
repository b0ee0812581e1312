import { fillLink } from '../messages/link.ts';
import type { CardView } from '../messages/view.ts';
import { en } from '../messages/words/en.ts';
import type { OtherSettings } from '../settings/settings.ts';

/** How readers see dates and reach a referral. */
export function viewOf({ timeZone, linkTemplate }: OtherSettings): CardView {
  return {
    words: en,
    timeZone,
    linkFor: (id, engagementId) => (linkTemplate === null ? null : fillLink(linkTemplate, id, engagementId)),
  };
}

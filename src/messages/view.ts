import type { Instant } from '../base/instant.ts';
import type { ReferralLink } from './link.ts';
import type { Words } from './words/words.ts';

/** What a card or mail needs to know of its reader. */
export interface CardView {
  /** The language. */
  readonly words: Words;
  /** IANA zone of every date. */
  readonly timeZone: string;
  /** The way to a referral in Partner Center; null where there is none. */
  linkFor(id: string, engagementId: string | null): ReferralLink | null;
  /** Working days left until an instant, today among them; null or absent when every day is one. */
  workingDaysLeft?(now: Instant, until: Instant): number | null;
  /** The name that people gave a channel; null or absent when they gave none. */
  channelName?(id: string): string | null;
}

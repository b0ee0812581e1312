/** How a referral left Pending. `gone`: Partner Center no longer shows it. */
export type Exit = 'accepted' | 'declined' | 'won' | 'lost' | 'expired' | 'gone';

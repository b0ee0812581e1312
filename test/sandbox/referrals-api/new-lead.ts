import { makeReferral } from './make-referral.ts';
import type { ReferralResource } from './resource.ts';

const NEW_CUSTOMERS = [
  ['Graphic Design Institute', 'Lyon', 'FR', 'EUR'],
  ['Lucerne Publishing', 'Lucerne', 'CH', 'CHF'],
  ['Blue Yonder Airlines', 'Denver', 'US', 'USD'],
  ['Humongous Insurance', 'Dublin', 'IE', 'EUR'],
  ['Consolidated Messenger', 'Warsaw', 'PL', 'PLN'],
  ['Southridge Video', 'Sydney', 'AU', 'AUD'],
  ['VanArsdel', 'Copenhagen', 'DK', 'DKK'],
  ['Relecloud', 'Nairobi', 'KE', 'KES'],
  ['Bellows College', 'Boston', 'US', 'USD'],
  ['First Up Consultants', 'Madrid', 'ES', 'EUR'],
  ['Lamna Healthcare', 'Helsinki', 'FI', 'EUR'],
  ['Nod Publishers', 'Oslo', 'NO', 'NOK'],
] as const;

/** The `index`-th lead somebody sends just now; every index has a customer of its own. */
export function nextLead(index: number): ReferralResource {
  const [name, city, country, currency] = NEW_CUSTOMERS[index % NEW_CUSTOMERS.length] ?? NEW_CUSTOMERS[0];
  const round = Math.floor(index / NEW_CUSTOMERS.length);
  return makeReferral({
    customer: round === 0 ? name : `${name} ${round + 1}`,
    city,
    country,
    currency,
    createdAt: Date.now(),
    value: 5_000 * (1 + (index % 9)),
    ...(index % 3 === 2 ? { type: 'Shared', deal: 'Cloud migration' } : {}),
  });
}

import { makeReferral } from './make-referral.ts';
import { DAY, floorToMidnight, HOUR, MINUTE, type ReferralResource, WINDOW, wireTime } from './resource.ts';

/** Eleven referrals as an account might hold them at `now`: one inside each escalation step, the others fresh or settled. */
export function seedReferrals(now: number = Date.now()): ReferralResource[] {
  const last = lastDeadline(now);
  return [
    // Inside seven days; only its creation tells when it expires.
    makeReferral({
      customer: 'Fabrikam Residences',
      createdAt: now - 8 * DAY,
      city: 'Toronto',
      country: 'CA',
      value: 48_000,
      currency: 'CAD',
      size: '251to1000employees',
      industry: 'RealEstate',
      solution: 'ModernWorkplace',
      contact: { firstName: 'Adele', lastName: 'Vance' },
      notes: 'Two hundred building managers need tablets and a shared calendar before spring.',
    }),
    // Inside three days; the service says when.
    makeReferral({
      customer: 'Adatum Corporation',
      createdAt: now - 12 * DAY,
      expiresAt: floorToMidnight(now - 12 * DAY + WINDOW),
      type: 'Shared',
      deal: 'Data estate modernization',
      city: 'Munich',
      country: 'DE',
      value: 210_000,
      currency: 'EUR',
      size: '1001to5000employees',
      industry: 'Manufacturing',
      product: 'Azure',
      solution: 'AzureSqlMigration',
      contact: { firstName: 'Johanna', lastName: 'Lorenz' },
      notes: 'Customer wants to leave two data centres by the end of the fiscal year.',
    }),
    // Inside the last day.
    makeReferral({
      customer: 'Northwind Traders',
      createdAt: last - WINDOW + 3 * HOUR,
      expiresAt: last,
      city: 'London',
      country: 'GB',
      value: 95_000,
      currency: 'GBP',
      size: '51to250employees',
      industry: 'Retail',
      product: 'Dynamics365',
      solution: 'Dynamics365BusinessCentral',
      contact: { firstName: 'Megan', lastName: 'Bowen' },
      customerRequestedContact: true,
      notes: 'We need somebody to replace our stock system. Please call this week.',
    }),
    ...freshReferrals(now),
    ...settledReferrals(now),
  ];
}

/** The midnight that ends the seeds' oldest lead, or noon after it when midnight is too near to be seen coming. */
function lastDeadline(now: number): number {
  const midnight = floorToMidnight(now) + DAY;
  return midnight - now > 2 * HOUR ? midnight : midnight + 12 * HOUR;
}

function freshReferrals(now: number): ReferralResource[] {
  return [
    makeReferral({
      customer: 'Wide World Importers',
      createdAt: now - 40 * MINUTE,
      city: 'Utrecht',
      country: 'NL',
      value: 32_500,
      currency: 'EUR',
      industry: 'Distribution',
      solution: 'Teams Phone',
      contact: { firstName: 'Isaiah', lastName: 'Langer' },
      notes: 'Forty people in a warehouse, no desk phones any more. What would it cost?',
    }),
    makeReferral({
      customer: 'City Power &amp; Light ',
      createdAt: now - 5 * HOUR,
      type: 'Shared',
      deal: 'Field service pilot ',
      city: 'Seattle',
      country: 'US',
      value: 1_250_000,
      size: '5001to10000employees',
      industry: 'Energy',
      product: 'Dynamics365',
      solution: 'Field Service &amp; IoT',
      contact: { firstName: 'Lidia', lastName: 'Holloway' },
      notes: 'Meter readings come in by phone today.',
      fractionDigits: 6,
    }),
    makeReferral({
      customer: 'Alpine Ski House',
      createdAt: now - DAY - 2 * HOUR,
      city: 'Innsbruck',
      country: 'AT',
      value: null,
      currency: 'EUR',
      size: '10to50employees',
      industry: 'Hospitality',
      product: 'Power Platform',
      solution: 'PowerApps',
      contact: { firstName: 'Nestor', lastName: 'Wilke' },
      notes: null,
    }),
    makeReferral({
      customer: 'Tailspin Toys',
      createdAt: now - 3 * DAY,
      expiresAt: floorToMidnight(now - 3 * DAY + WINDOW),
      type: 'Shared',
      deal: 'Copilot rollout',
      invitedBy: 'Trey Research',
      city: 'Tokyo',
      country: 'JP',
      value: 7_800_000,
      currency: 'JPY',
      size: '1to9employees',
      industry: 'MediaAndEntertainment',
      solution: 'Copilot for Sales',
      contact: { firstName: 'Diego', lastName: 'Siciliani' },
      notes: 'First ten seats, then everybody.',
    }),
  ];
}

function settledReferrals(now: number): ReferralResource[] {
  return [
    makeReferral({
      customer: 'Litware Insurance',
      createdAt: now - 20 * DAY,
      status: 'Active',
      substatus: 'Accepted',
      deal: 'Claims portal',
      value: 60_000,
      city: 'Chicago',
      seller: 'r2d2@contoso.com',
    }),
    makeReferral({
      customer: 'Woodgrove Bank',
      createdAt: now - 35 * DAY,
      type: 'Shared',
      direction: 'Outgoing',
      status: 'Active',
      substatus: 'Accepted',
      deal: 'Branch network renewal',
      value: 400_000,
      country: 'SG',
      city: 'Singapore',
      currency: 'SGD',
      invitedBy: 'Contoso Consulting ',
      seller: 'r2d2@contoso.com',
    }),
    makeReferral({
      customer: 'Trey Research Labs',
      createdAt: now - 50 * DAY,
      status: 'Closed',
      substatus: 'Won',
      deal: 'Lab notebooks',
      value: 22_000,
      country: 'SE',
      city: 'Lund',
      currency: 'SEK',
      raw: { closedDateTime: wireTime(now - 6 * DAY) },
    }),
    makeReferral({
      customer: 'Coho Winery',
      createdAt: now - 30 * DAY,
      status: 'Closed',
      substatus: 'Lost',
      deal: 'Cellar book',
      value: 9_000,
      country: 'FR',
      city: 'Bordeaux',
      currency: 'EUR',
      raw: { closedDateTime: wireTime(now - 16 * DAY), statusReason: 'Chose another vendor' },
    }),
  ];
}

/** Rows as they have been seen or must be feared: each breaks one thing a tidy reader would take for granted. */
export function badReferrals(): ReferralResource[] {
  const { name: _name, consent: _consent, team: _team, ...withoutSome } = makeReferral({ customer: 'Missing Fields' });
  return [
    makeReferral({ customer: 'No Id', raw: { id: undefined } }),
    makeReferral({ customer: 'Null Id', raw: { id: null } }),
    makeReferral({ customer: 'Number Id', raw: { id: 7 } }),
    makeReferral({ customer: 'Null Profile', raw: { customerProfile: null } }),
    makeReferral({
      customer: 'Null Details',
      raw: { details: null, consent: null, inviteContext: null, target: null },
    }),
    makeReferral({
      customer: 'Null Requirements',
      raw: { details: { notes: null, dealValue: '12000.50', currency: null, requirements: null } },
    }),
    makeReferral({
      customer: 'Object Ids',
      raw: { customerProfile: { name: 'Object Ids', ids: {}, team: { firstName: 'Alex', email: 'alex@example.com' } } },
    }),
    makeReferral({ customer: 'Unknown Enums', raw: { type: 'Galactic', qualification: 'Foretold' } }),
    makeReferral({ customer: 'No Fraction', fractionDigits: 0 }),
    makeReferral({ customer: 'One Digit', fractionDigits: 1 }),
    makeReferral({ customer: 'No Zone', raw: { createdDateTime: new Date().toISOString().slice(0, 19) } }),
    makeReferral({ customer: 'Bad Date', raw: { createdDateTime: 'yesterday', expirationDateTime: 'soon' } }),
    makeReferral({ customer: 'No Date', raw: { createdDateTime: null, updatedDateTime: null } }),
    makeReferral({ customer: 'Far Expiry', expiresAt: Date.now() + 400 * DAY }),
    withoutSome,
  ];
}

import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { fillLink } from '../../src/messages/link.ts';
import type { CardView } from '../../src/messages/view.ts';
import { en } from '../../src/messages/words/en.ts';
import { type Alert, type EscalationStep, NOTHING_ELSE, type Severity } from '../../src/model/alert.ts';
import type {
  AlertMessage,
  DigestMessage,
  LastResortMessage,
  OperatorMessage,
  ReportMessage,
  SummaryMessage,
} from '../../src/model/channel.ts';
import type { Referral, ReferralFacts } from '../../src/model/referral.ts';
import type { Report } from '../../src/model/report.ts';

export const now = Date.parse('2026-11-03T16:20:00Z');

export const view: CardView = {
  words: en,
  timeZone: 'UTC',
  linkFor: (id, engagementId) =>
    fillLink('https://partner.microsoft.com/dashboard/referrals/v2/leads?referral={id}', id, engagementId),
};

export const facts: ReferralFacts = {
  customer: 'Wide World Importers & Sons',
  country: 'NL',
  value: { amount: 250000, currency: 'EUR' },
  type: 'Independent',
  deal: 'Move of the order system to Azure',
  solutions: ['Azure', 'Data Analytics'],
  qualification: 'MarketingQualified',
  customerRequestedContact: true,
};

const step = (name: string, before: number, severity: Severity): EscalationStep => ({ name, before, severity });
const steps = {
  reminder: step('7d', 7 * DAY, 'reminder'),
  warning: step('3d', 3 * DAY, 'warning'),
  critical: step('24h', 24 * HOUR, 'critical'),
};

/** A valid alert; `over` changes what a test is about. */
export function anAlert(over: Partial<Alert> = {}): Alert {
  return {
    ...NOTHING_ELSE,
    kind: 'new',
    referralId: '11111111-aaaa-4bbb-8ccc-222222222222',
    engagementId: '33333333-dddd-4eee-8fff-444444444444',
    step: null,
    expiry: { at: Date.parse('2026-11-17T00:00:00Z'), source: 'estimated' },
    firstSeenAt: now - 2 * DAY,
    exit: null,
    exitWord: null,
    claim: null,
    facts,
    ...over,
  };
}

export function aMessage(over: Partial<Alert> = {}, at = now): AlertMessage {
  const alert = anAlert(over);
  return { kind: 'alert', key: `${alert.referralId}/${alert.kind}/teams`, now: at, alert };
}

/** An escalation, sent so long before the expiry. */
export function anEscalation(severity: Severity, left: number, over: Partial<Alert> = {}): AlertMessage {
  const alert = anAlert({ kind: 'escalation', step: steps[severity], ...over });
  return aMessage(alert, alert.expiry.at - left);
}

const companies = ['Contoso', 'Fabrikam', 'Northwind Traders', 'Adatum', 'Tailspin Toys', 'Litware', 'Proseware'];

export function aDigest(total: number, rows = total, over: Partial<ReferralFacts> = {}): DigestMessage {
  return {
    kind: 'digest',
    key: `digest/${total}/teams`,
    now,
    of: { kind: 'new', step: null },
    total,
    mayBeRepeat: false,
    rows: Array.from({ length: rows }, (_, n) =>
      anAlert({
        referralId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        expiry: { at: now + DAY * (4 + (n % 10)), source: n % 2 ? 'reported' : 'estimated' },
        facts: {
          ...facts,
          customer: `${companies[n % companies.length]} ${n + 1}`,
          type: n % 3 ? 'Independent' : 'Shared',
          value: n % 4 ? { amount: 5000 * (n + 1), currency: 'USD' } : null,
          ...over,
        },
      }),
    ),
  };
}

export function aLastResort(count: number, why: LastResortMessage['why'] = 'untold'): LastResortMessage {
  const rows = aDigest(count).rows.map(row => ({ ...row, incident: row.referralId }));
  return { kind: 'last-resort', key: 'last-resort/1/teams', now, why, rows };
}

/** What waits on a morning; the first of them claimed. */
export function aSummary(over: Partial<SummaryMessage> = {}): SummaryMessage {
  const claim = { by: 'a', name: 'Adele Vance', at: now, until: now + 2 * DAY };
  const rows = aDigest(5).rows.map((row, n) => ({ ...row, claim: n === 0 ? claim : null }));
  return {
    kind: 'summary',
    key: 'summary/2026-11-03/teams',
    now,
    total: 5,
    unclaimed: 4,
    rows,
    lateSince: null,
    mayBeRepeat: false,
    ...over,
  };
}

/** A week with everything that a report can hold. */
export function aReport(over: Partial<Report> = {}, more: Partial<ReportMessage> = {}): ReportMessage {
  const to = Date.parse('2026-11-02T08:00:00Z');
  const from = to - 7 * DAY;
  const days = [
    [1, 0],
    [3, 1],
    [0, 0],
    [5, 0],
    [2, 2],
    [0, 0],
    [0, 1],
    [1, 0],
  ];
  const report: Report = {
    ...{ from, to, received: 14, accepted: 9, won: 2, lost: 1, declined: 3, expired: 4, gone: 1, pending: 6 },
    medians: { told: 4 * MINUTE, claim: 3 * HOUR, answer: 2 * DAY + 5 * HOUR },
    value: {
      answered: [
        { amount: 420_000, currency: 'EUR' },
        { amount: 75_500, currency: 'USD' },
      ],
      expired: [{ amount: 12_000, currency: 'EUR' }],
    },
    slowest: ['Contoso', 'Fabrikam', 'Northwind Traders', 'Adatum', 'Litware'].map((customer, n) => ({
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      customer,
      exit: n % 2 ? ('declined' as const) : ('accepted' as const),
      exitWord: null,
      took: (12 - 2 * n) * DAY + 3 * HOUR,
    })),
    rules: [
      { name: 'Nordics', received: 5, answered: 4, expired: 1 },
      { name: 'everything else', received: 9, answered: 8, expired: 3 },
    ],
    days: days.map(([answered = 0, expired = 0], n) => ({ at: Date.parse('2026-10-26') + n * DAY, answered, expired })),
    ...over,
  };
  return { kind: 'report', key: 'report/2026-11-02/email', now, report, lateSince: null, mayBeRepeat: false, ...more };
}

export const trouble: OperatorMessage = {
  trouble: 'sign-in',
  phase: 'began',
  title: 'Partner Center wants a new sign-in',
  text: 'No lead can be read until somebody signs in again.\nRun `npm run sign-in` with an account that has MFA; PARTNER_CLIENT_ID stays as it is.',
  since: now - HOUR,
  now,
};

export const aReferral: Referral = {
  id: '11111111-aaaa-4bbb-8ccc-222222222222',
  engagementId: '33333333-dddd-4eee-8fff-444444444444',
  state: 'pending',
  status: 'New',
  substatus: 'Pending',
  createdAt: now - 2 * DAY,
  reportedExpiry: null,
  facts,
  askedFor: ['SKU-0042'],
  city: 'Utrecht',
  customerSize: '51to250employees',
  notes: 'Looking for help with a move to the cloud.\n\nPlease call before noon.',
  contacts: [{ name: 'Alex Example', email: 'alex@example.com', phone: '+31 20 555 0100' }],
  consentToContact: false,
  invitedBy: 'Microsoft',
  resource: {},
};

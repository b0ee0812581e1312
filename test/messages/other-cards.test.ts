import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import { alertCard } from '../../src/messages/alert-card.ts';
import { detailCard } from '../../src/messages/detail-card.ts';
import { digestCard } from '../../src/messages/digest-card.ts';
import { operatorCard } from '../../src/messages/operator-card.ts';
import type { Delivery } from '../../src/model/checkpoint.ts';
import { anyText } from '../support/any-text.ts';
import { faultsOf } from './card-lint.ts';
import { aDigest, aMessage, anAlert, anEscalation, aReferral, facts, now, trouble, view } from './samples.ts';

const expiry = { at: now + 12 * DAY, source: 'reported' as const };
const bytes = (card: unknown) => Buffer.byteLength(JSON.stringify(card));

describe('digest card', () => {
  test('counts all, shows every row that fits, most urgent first, with the ids', () => {
    const message = aDigest(25);
    const card = digestCard(message, view);
    const text = JSON.stringify(card.body);
    expect(text).toContain('25 new referrals');
    for (const row of message.rows) {
      expect(text).toContain(row.referralId);
      expect(card.fallbackText).toContain(row.referralId);
    }
    expect(text.indexOf(message.rows[0]?.referralId as string)).toBeLessThan(
      text.indexOf(message.rows[1]?.referralId as string),
    );
    expect(text).not.toMatch(/\bmore: see/);
    expect(faultsOf(card)).toEqual([]);
  });

  test('says how many more there are when not all fit, or when not all were read', () => {
    for (const message of [aDigest(500), aDigest(500, 3), aDigest(12, 0)]) {
      const card = digestCard(message, view);
      const shown = message.rows.filter(row => JSON.stringify(card.body).includes(row.referralId)).length;
      expect(JSON.stringify(card.body)).toContain(`And ${message.total - shown} more`);
      expect(faultsOf(card)).toEqual([]);
    }
    expect(bytes(digestCard(aDigest(500), view))).toBeGreaterThan(19_000);
  });
});

describe('detail card', () => {
  const deliveries: Delivery[] = [
    { alert: 'new', channel: 'teams', state: 'delivered', attempts: 1, at: now - DAY },
    { alert: 'escalation:7d', channel: 'email', state: 'retry', attempts: 2, at: now },
  ];
  const text = (over = {}) => JSON.stringify(detailCard({ ...aReferral, ...over }, { expiry, deliveries }, now, view));

  test('shows people, notes, what was told and the missing consent', () => {
    const card = detailCard(aReferral, { expiry, deliveries }, now, view);
    expect(faultsOf(card)).toEqual([]);
    const shown = JSON.stringify(card);
    for (const word of ['Alex Example', 'alex@example.com', '+31 20 555 0100', 'Please call before noon.', 'Utrecht']) {
      expect(shown).toContain(word);
    }
    expect(shown).toContain('51 to 250 employees');
    expect(shown).toContain('did not consent');
    expect(shown).toContain('7 days before expiry');
    expect(shown).toContain('Email (sales), to be sent again');
  });

  test('does not warn when nothing was said about consent, and stands with everything missing', () => {
    expect(text({ consentToContact: null })).not.toContain('did not consent');
    const bare = {
      ...aReferral,
      state: 'other' as const,
      status: null,
      substatus: null,
      engagementId: null,
      createdAt: null,
      city: null,
      customerSize: null,
      notes: null,
      contacts: [{ name: null, email: null, phone: null }],
      invitedBy: null,
      facts: { ...facts, customer: null, deal: null, country: null, value: null, type: null, solutions: [] },
    };
    expect(faultsOf(detailCard(bare, { expiry, deliveries: [] }, now, view))).toEqual([]);
  });

  test.each([
    ['Morethan20000employees', 'More than 20000 employees'],
    ['1to9employees', '1 to 9 employees'],
  ])('says a size in words: %s', (size, words) => expect(text({ customerSize: size })).toContain(words));

  test('an address that is none is not left as it is', () => {
    const contacts = [{ name: '[x](https://evil.example)', email: 'a@b.c](https://evil.example)', phone: 'tel:+1' }];
    expect(text({ contacts })).not.toMatch(/\]\(|https:\/\/evil|tel:\+/);
  });
});

test.each(['began', 'continues', 'ended'] as const)('operator card: trouble %s', phase => {
  const card = operatorCard({ ...trouble, phase }, view);
  expect(faultsOf(card)).toEqual([]);
  expect(JSON.stringify(card)).toContain('Tue 3 Nov 2026, 15:20 UTC');
  expect(JSON.stringify(card)).toContain('PARTNER_CLIENT_ID');
});

describe('whatever customers write', () => {
  const text = fc.oneof(
    anyText({ maxLength: 400 }),
    fc.constantFrom(
      '<at>everyone</at>',
      '[x](https://evil.example)',
      '\u202e'.repeat(999),
      '😀'.repeat(50_000),
      '&lt;b&gt;',
    ),
    fc.constantFrom('\u0000"\\\ud800'.repeat(9_000), '*'.repeat(9_000), '文*'.repeat(9_000), 'a@'.repeat(9_000)),
  );
  const wild = fc.record({
    customer: fc.option(text),
    deal: fc.option(text),
    country: fc.option(text),
    type: fc.option(text),
    qualification: fc.option(text),
    customerRequestedContact: fc.boolean(),
    value: fc.option(fc.record({ amount: fc.double(), currency: fc.option(text) })),
    solutions: fc.array(text, { maxLength: 60 }),
  });

  test('every card is sound, small and free of links and mentions but ours', () => {
    fc.assert(
      fc.property(wild, text, fc.double(), (facts, id, at) => {
        const over = { facts, referralId: id, engagementId: id, expiry: { at, source: 'reported' as const } };
        const contacts = Array(30).fill({ name: id, email: id, phone: id });
        const referral = { ...aReferral, id, facts, contacts, notes: id, city: id, customerSize: id, invitedBy: id };
        const digest = { ...aDigest(0), total: 99, rows: Array(40).fill(anAlert(over)) };
        for (const card of [
          alertCard(aMessage(over), view),
          alertCard({ ...anEscalation('critical', DAY, over), now: at }, view),
          digestCard(digest, view),
          detailCard(referral, { expiry: over.expiry, deliveries: [] }, now, view),
        ]) {
          expect(faultsOf(card)).toEqual([]);
          const { actions: _ours, $schema: _schema, ...rest } = card;
          expect(JSON.stringify(rest)).not.toMatch(/\]\(|<at>|https?:\/\//);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the lint finds what is wrong', () => {
  const card = JSON.parse(JSON.stringify(alertCard(aMessage(), view)));
  card.body.push({ type: 'TextBlok', text: 'x' });
  card.body[0].items.push({ type: 'TextBlock', text: 'x', color: 'Attention' });
  card.actions = Array(7).fill({ type: 'Action.OpenUrl', title: 'x' });
  expect(faultsOf(card)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('TextBlok'),
      'does not wrap: x',
      'coloured text: x',
      'more than six actions',
      expect.stringMatching(/url/i),
    ]),
  );
});

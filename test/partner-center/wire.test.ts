import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isReferralId } from '../../src/model/referral-id.ts';
import { isClearlyNotPending, parsePending, parseReferral, stateIn } from '../../src/partner-center/wire.ts';
import { asInstant, asLine, inWordsOfCode } from '../../src/partner-center/wire-values.ts';
import { badReferrals } from '../sandbox/referrals-api/seed.ts';

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));

describe("the documents' examples", () => {
  test('the list', () => {
    const [row] = fixture('referrals-list.json').value;
    expect(parsePending(row)).toEqual({
      id: 'c5fbb3b6-be74-4795-9fb5-4324c73fed37',
      type: 'Independent',
      createdAt: Date.parse('2020-10-30T21:03:00Z'),
      reportedExpiry: null,
    });
    expect(isClearlyNotPending(row)).toBe(false);
  });

  test.each(['referral-by-id.json', 'referrals-list.json'])('a whole referral from %s', name => {
    const document = fixture(name);
    const resource = document.value?.[0] ?? document;
    expect(parseReferral(resource)).toEqual({
      id: 'c5fbb3b6-be74-4795-9fb5-4324c73fed37',
      engagementId: '65edc0b5-3485-41b7-a17e-dfa9ef4706e2',
      state: 'pending',
      status: 'New',
      substatus: 'Pending',
      createdAt: Date.parse('2020-10-30T21:03:00Z'),
      reportedExpiry: null,
      facts: {
        customer: 'Fabrikam Customer Inc',
        country: 'US',
        value: { amount: 10000, currency: 'USD' },
        type: 'Independent',
        deal: null,
        solutions: ['Microsoft 365'],
        qualification: 'Direct',
        customerRequestedContact: false,
      },
      askedFor: ['Microsoft365', 'SOL-Microsoft365'],
      city: 'Redmond',
      customerSize: null,
      notes:
        'We are interested in deploying Microsoft 365 and are looking for support in training our employees. Can you help?',
      contacts: [],
      consentToContact: null,
      invitedBy: null,
      resource,
    });
  });
});

describe('wire to referral', () => {
  test('strange rows are read or set aside, never fatal', () => {
    const rows = [...badReferrals(), null, 7, 'text', [], {}];
    expect(rows.map(parsePending).filter(row => row === null)).toHaveLength(8);
    for (const row of rows) expect(() => parseReferral(row)).not.toThrow();
  });

  test('whatever a field holds, the rest is read', () => {
    for (const junk of [null, undefined, 0, '', 'x', [], {}, [null], true]) {
      const fields = ['name', 'type', 'status', 'substatus', 'customerProfile', 'details', 'consent', 'inviteContext'];
      const resource = { id: 'abc', ...Object.fromEntries(fields.map(field => [field, junk])) };
      expect(parseReferral(resource).id).toBe('abc');
      const inner = { id: 'abc', customerProfile: { name: junk, address: junk, team: junk, size: junk } };
      expect(parseReferral(inner).contacts).toEqual([]);
      expect(
        parseReferral({ id: 'abc', details: { dealValue: junk, requirements: junk, notes: junk } }).facts.value,
      ).toBe(null);
    }
  });

  test('names are decoded once and trimmed, values may be strings, people may stand alone', () => {
    const referral = parseReferral({
      id: 'abc',
      customerProfile: {
        name: ' Wide World Importers &amp;amp; Sons\r\n',
        address: { country: 'nl' },
        team: { firstName: 'Alex', lastName: null, email: 'alex@example.com', phoneNumber: '' },
      },
      details: {
        dealValue: '12000.50',
        currency: 'eur',
        notes: 'One &lt;b&gt;\r\ntwo\u0000',
        customerRequestedContact: 'true',
        requirements: { solutions: { id: 'SOL-1', name: 'Teams Rooms' }, products: [{ id: 'Dynamics365' }, null] },
      },
      consent: { consentToContact: false },
      inviteContext: { invitedBy: { organizationId: 'msft' } },
    });
    expect(referral.facts).toMatchObject({
      customer: 'Wide World Importers &amp; Sons',
      country: 'NL',
      value: { amount: 12000.5, currency: 'EUR' },
      solutions: ['Teams Rooms', 'Dynamics 365'],
      customerRequestedContact: true,
    });
    expect(referral.notes).toBe('One <b>\ntwo');
    expect(referral.contacts).toEqual([{ name: 'Alex', email: 'alex@example.com', phone: null }]);
    expect(referral).toMatchObject({ consentToContact: false, invitedBy: 'Microsoft' });
  });

  test.each([
    ['New', 'Pending', 'pending'],
    [null, 'Pending', 'pending'],
    ['new', 'PENDING', 'pending'],
    ['New', 'Received', 'received'],
    ['New', 'Error', 'received'],
    ['New', null, 'received'],
    ['New', 'Accepted', 'received'],
    ['Active', 'Accepted', 'accepted'],
    ['Active', null, 'accepted'],
    ['Active', 'Pending', 'pending'],
    ['active', 'RECEIVED', 'received'],
    ['Active', 'Won', 'won'],
    ['Active', 'Expired', 'expired'],
    ['Active', 'Reviewing', 'other'],
    ['Closed', 'Accepted', 'accepted'],
    ['Closed', null, 'other'],
    ['Open', 'Pending', 'pending'],
    ['Open', 'Reviewing', 'other'],
    [null, 'Reviewing', 'other'],
    [null, 'Accepted', 'accepted'],
    ['Closed', 'Won', 'won'],
    ['Closed', 'Lost', 'lost'],
    ['Closed', 'Declined', 'declined'],
    ['Closed', 'Expired', 'expired'],
    ['Archived', 'Expired', 'expired'],
    ['Closed', 'Pending', 'pending'],
    ['Closed', 'Error', 'other'],
    [null, null, 'other'],
  ])('status %s and substatus %s is %s', (status, substatus, state) => {
    expect(stateIn(status, substatus)).toBe(state);
  });

  test.each([
    [{ status: 'New', direction: 'Outgoing' }, true],
    [{ status: 'Active', substatus: 'Accepted' }, true],
    [{ status: 'Closed', substatus: 'Expired', direction: 'Incoming' }, true],
    [{ substatus: 'Declined' }, false],
    [{ status: 'New', substatus: 'Pending', direction: 'Incoming' }, false],
    [{ status: 'New' }, false],
    [{ substatus: 'Pending' }, false],
    [{ status: 'New', substatus: 'Foretold' }, false],
    [{}, false],
  ])('%o is clearly not pending: %s', (row, expected) => {
    expect(isClearlyNotPending({ id: 'abc', ...row })).toBe(expected);
  });
});

test.each([
  ['2020-10-30T21:03:00Z', '2020-10-30T21:03:00.000Z'],
  ['2020-10-30T21:03:00.1Z', '2020-10-30T21:03:00.100Z'],
  ['2020-10-30T21:03:52.040469Z', '2020-10-30T21:03:52.040Z'],
  ['2020-10-30T21:03:00.1234567Z', '2020-10-30T21:03:00.123Z'],
  ['2020-10-30T21:03:00.0000000', '2020-10-30T21:03:00.000Z'],
  ['2020-10-30T21:03:00', '2020-10-30T21:03:00.000Z'],
  ['2020-10-30T21:03', '2020-10-30T21:03:00.000Z'],
  ['2020-10-30', '2020-10-30T00:00:00.000Z'],
  ['2020-10-30T21:03:00+02:00', '2020-10-30T19:03:00.000Z'],
  ['2020-10-30T21:03:00.5+0200', '2020-10-30T19:03:00.500Z'],
])('%s is %s', (text, iso) => {
  expect(new Date(asInstant(text) as number).toISOString()).toBe(iso);
});

test.each([
  [null],
  [undefined],
  [''],
  ['yesterday'],
  ['2020-13-45T00:00:00Z'],
  ['2027-02-30T00:00:00Z'],
  ['2027-02-29'],
  [' 2027-04-31T08:00'],
  ['0001-01-01T00:00:00Z'],
  [1604091780],
])('%s is no date', value => {
  expect(asInstant(value)).toBe(null);
});

test('the last day of a month is one', () => {
  expect(asInstant('2028-02-29T00:00:00Z')).toBe(Date.UTC(2028, 1, 29));
});

test('text that would reorder what follows it loses that power', () => {
  expect(asLine('Contoso \u202Egnp.exe\u202C')).toBe('Contoso gnp.exe');
});

test.each([
  ['LearningAndCertification', 'Learning And Certification'],
  ['Microsoft365', 'Microsoft 365'],
  ['AIAndML', 'AI And ML'],
  ['Dynamics365BusinessCentral', 'Dynamics 365 Business Central'],
  ['Office365E3', 'Office 365 E3'],
  ['Azure', 'Azure'],
  ['Already in words', 'Already in words'],
  ['', ''],
])('%s reads %s', (code, words) => {
  expect(inWordsOfCode(code)).toBe(words);
});

test.each([
  ['c5fbb3b6-be74-4795-9fb5-4324c73fed37', true],
  ['abc_1.2', true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['', false],
  ['.', false],
  ['..', false],
  ['a/b', false],
  ['a b', false],
  ["a'b", false],
  ['a%2Fb', false],
  ['a\n', false],
  [7, false],
  [null, false],
])('%s may be an id: %s', (id, expected) => {
  expect(isReferralId(id)).toBe(expected);
});

describe('bounds', () => {
  const LONG = 33_000;

  test.each([
    ['letters', 'x'],
    ['capitals', 'A'],
    ['emoji', '\u{1F600}'],
    ['entities', '&CounterClockwiseContourIntegral;'],
    ['marks', 'e\u0301'],
    ['spaces between', 'a  '],
  ])('a name of endless %s is cut to 200 characters, whole ones', (_, text) => {
    const name = text.repeat(LONG);
    const { facts, contacts, notes } = parseReferral({
      id: 'abc',
      name,
      customerProfile: { name, team: [{ firstName: name, email: name }] },
      details: { notes: name, requirements: { solutions: [{ name }] } },
    });
    for (const line of [facts.customer, facts.deal, facts.solutions[0], contacts[0]?.email]) {
      expect(line?.isWellFormed()).toBe(true);
      expect(line?.length).toBeGreaterThan(150);
      expect(line?.length).toBeLessThanOrEqual(facts.solutions[0] === line ? 400 : 200);
      expect(line).toMatch(/…$/);
    }
    expect(notes?.length).toBeLessThanOrEqual(10_000);
  });

  test('a name of 200 characters stays, one of nothing but space is none', () => {
    const nameOf = (name: string) => parseReferral({ id: 'abc', customerProfile: { name } }).facts.customer;
    expect(nameOf('x'.repeat(200))).toBe('x'.repeat(200));
    expect(nameOf('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
    expect(nameOf(' '.repeat(LONG))).toBe(null);
    expect(nameOf(`${'&amp;'.repeat(150)}`)).toBe('&'.repeat(150));
  });

  test('lists are cut, too', () => {
    const many = Array.from({ length: LONG }, (_, n) => ({ name: `Solution ${n}`, firstName: `Person ${n}` }));
    const { facts, contacts } = parseReferral({
      id: 'abc',
      customerProfile: { team: many },
      details: { requirements: { solutions: many, products: many } },
    });
    expect(facts.solutions).toHaveLength(100);
    expect(contacts).toHaveLength(100);
  });

  test.each([
    '9999-12-31T23:59:59.9999999Z',
    '9999-12-31T00:00:00Z',
    '9999-12-31',
    '9999-12-31T23:59:59.9999999+14:00',
    '9999-06-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.0000000',
    '1753-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    `2026-11-24T08:00:00.${'0'.repeat(LONG)}Z`,
  ])('the date %s stands for none', date => {
    expect(asInstant(date)).toBe(null);
  });
});

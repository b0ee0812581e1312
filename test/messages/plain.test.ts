import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { cardOf, summaryOf } from '../../src/messages/card.ts';
import { SURE_ROWS } from '../../src/messages/digest-card.ts';
import { mailOf } from '../../src/messages/mail.ts';
import { sampleMessage } from '../../src/messages/message.ts';
import { pageOf } from '../../src/messages/page.ts';
import type { Message } from '../../src/model/channel.ts';
import { faultsOf } from './card-lint.ts';
import { aDigest, aLastResort, aMessage, anEscalation, facts, now, view } from './samples.ts';

const CUSTOMER = /Wide World|Contoso|Fabrikam|EUR|USD|Azure|Netherlands|order system|Adele/;
const claim = { by: 'a', name: 'Adele Vance', at: now, until: now + DAY };

const plain: readonly [string, Message][] = [
  ['new', { ...aMessage({ claim }), plainest: true }],
  ['critical', { ...anEscalation('critical', HOUR, { claim, mayBeRepeat: true }), plainest: true }],
  ['answered', { ...aMessage({ kind: 'answered', exit: 'won' }), plainest: true }],
  ['expired', { ...aMessage({ kind: 'expired', exit: 'expired' }), plainest: true }],
  ['gone', { ...aMessage({ kind: 'gone', exit: 'gone' }), plainest: true }],
  ['digest', { ...aDigest(25), plainest: true }],
  ['last resort', aLastResort(3)],
  ['last resort, tables down', aLastResort(1, 'blind')],
];

test.each(plain)('%s: id, expiry and link of each, nothing that a customer wrote, no summary', (_, message) => {
  const card = cardOf(message, view);
  const mail = mailOf(message, view, 'alerts@contoso.com');
  const page = pageOf(message, view);
  expect(faultsOf(card)).toEqual([]);
  expect(summaryOf(message, view)).toBeNull();
  const all = [JSON.stringify(card), mail.subject, mail.text, mail.html, JSON.stringify(page)];
  for (const text of all) expect(text).not.toMatch(CUSTOMER);
  const rows = message.kind === 'alert' ? [message.alert] : 'rows' in message ? message.rows : [];
  for (const { referralId, engagementId } of rows.slice(0, SURE_ROWS)) {
    const { url = 'no link' } = view.linkFor(referralId, engagementId) ?? {};
    for (const text of [JSON.stringify(card), mail.text, mail.html.replaceAll('&amp;', '&')]) {
      expect(text).toContain(referralId);
      expect(text).toContain(url);
    }
    expect(page.details[referralId]).toMatch(/^(?:Expires|Expiry date:) \w{3} \d+ Nov 2026, \d\d:\d\d UTC/);
    expect(page.links.map(({ href }) => href)).toContain(url);
  }
});

test('a digest in its plainest form says how many there are', () => {
  const message: Message = { ...aDigest(500, 40), plainest: true };
  expect(JSON.stringify(cardOf(message, view))).toContain('500 new referrals');
  expect(mailOf(message, view, 'a@b.c').text).toContain('And 460 more');
});

test('the plainest form keeps its doubts', () => {
  const message = { ...anEscalation('critical', HOUR, { mayBeRepeat: true, unconfirmedSince: now }), plainest: true };
  const text = mailOf(message as Message, view, 'a@b.c').text;
  expect(text).toContain('may be a repeat');
  expect(text).toContain('could not be confirmed');
});

test('the last resort says that sales could not be told, or that it may be a repeat', () => {
  const untold = mailOf(aLastResort(2), view, 'a@b.c');
  expect(untold.subject).toBe('2 unanswered referrals: please look now');
  expect(untold.text).toContain('Sales could not be told');
  expect(untold.headers).toMatchObject({ 'X-Alert-Kind': 'last-resort', Importance: 'high' });
  expect(mailOf(aLastResort(1, 'blind'), view, 'a@b.c').text).toContain('may be a repeat');
  expect(JSON.stringify(cardOf(aLastResort(100), view).body)).toContain('unanswered referrals');
  expect(pageOf(aLastResort(3), view).severity).toBe('critical');
});

test('a sample says in each form that it is one and that nothing is to be done', () => {
  const sample = sampleMessage(now);
  const card = cardOf(sample, view);
  const mail = mailOf(sample, view, 'a@b.c');
  expect(faultsOf(card)).toEqual([]);
  for (const text of [JSON.stringify(card.body), mail.text, pageOf(sample, view).summary, summaryOf(sample, view)]) {
    expect(text).toContain('a sample lead');
    expect(text).toContain('nothing is to be done');
    expect(text).not.toContain('Accept or decline');
  }
  expect(mail.subject).toMatch(/^\[Sample\] /);
  expect(mail.headers['X-Alert-Kind']).toBe('test');
  expect(pageOf(sample, view).severity).toBe('info');
});

test('text of a pager is inert', () => {
  const customer = 'https://evil.example <@U1> www.evil.example x@evil.example';
  const page = pageOf(
    anEscalation('critical', HOUR, { facts: { ...facts, customer, deal: null, solutions: [customer] } }),
    view,
  );
  expect(JSON.stringify({ ...page, links: [] })).not.toMatch(/https:\/\/evil|www\.evil|x@evil/);
});

test('the rows that a digest surely shows are shown, however hostile their text', () => {
  for (const customer of ['*_'.repeat(400), '文*'.repeat(400), '\u05d0&lt;'.repeat(300), '"\\'.repeat(300)]) {
    const message = aDigest(SURE_ROWS, SURE_ROWS, { customer, deal: `${customer}!`, country: customer });
    const card = cardOf(message, view);
    expect(faultsOf(card)).toEqual([]);
    for (const row of message.rows) expect(JSON.stringify(card.body)).toContain(row.referralId);
  }
});

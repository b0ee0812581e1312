import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { mailOf as mailIn } from '../../src/messages/mail.ts';
import { messageIdOf } from '../../src/messages/mail-parts.ts';
import { operatorMail } from '../../src/messages/operator-mail.ts';
import type { Message } from '../../src/model/channel.ts';
import { markdown } from './renderers.ts';
import { aDigest, aMessage, anEscalation, aReport, aSummary, facts, now, trouble, view } from './samples.ts';

const from = 'alerts@contoso.com';
const mailOf = (message: Message) => mailIn(message, view, from);

describe('subject leads with the urgency', () => {
  test.each([
    [aMessage(), /^\[New\] Wide World Importers & Sons: .*13 days left/],
    [anEscalation('reminder', 6 * DAY + HOUR), /^\[6d left\] Wide World Importers & Sons: .*\(not answered\)$/],
    [anEscalation('critical', 6 * HOUR + 20 * MINUTE), /^\[6h left\] /],
    [anEscalation('critical', 20 * MINUTE, { firstTold: true }), /^\[20m left\] .*\(new, not answered\)$/],
    [anEscalation('critical', -HOUR), /^\[Expiry passed\] /],
    [aMessage({ kind: 'answered', exit: 'declined' }), /^\[Answered\] Wide World Importers & Sons: declined$/],
    [aMessage({ kind: 'expired', exit: 'expired' }), /^\[Expired\] Wide World Importers & Sons: nobody answered$/],
    [aDigest(25), /^\[New\] 25 new referrals, most urgent: 4 days left$/],
  ])('%#', (message, subject) => expect(mailOf(message).subject).toMatch(subject));

  test('holds no encoded word but ours', () => {
    const disguised = { ...facts, customer: '=?utf-8?Q?=E2=80=AEContoso?=' };
    expect(mailOf(aMessage({ facts: disguised })).subject).not.toContain('=?');
  });

  test('is one clean line, however long and hostile the names', () => {
    const name = `Contoso\r\nBcc: x@example.com\u2028\u202e${'x'.repeat(5000)}`;
    const { subject } = mailOf(aMessage({ facts: { ...facts, customer: name, deal: name } }));
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(subject.length).toBeLessThan(260);
  });
});

describe('nothing that a stranger wrote can be clicked in a subject, for some who show one look for addresses', () => {
  const written = 'https://example.net/a mallory@example.net www.example.net tel:+1555 example.net';
  const named = { facts: { ...facts, customer: written, deal: written } };
  test.each<Message>([
    aMessage(named),
    anEscalation('critical', HOUR, named),
    aMessage({ ...named, kind: 'answered', exit: 'accepted' }),
    aMessage({ ...named, kind: 'expired', exit: 'expired' }),
    aMessage({ ...named, kind: 'gone', exit: 'gone' }),
  ])('$alert.kind', message => {
    const { subject } = mailOf(message);
    expect(markdown.linkify.match(subject)).toBeNull();
    expect(subject.replaceAll('\u200a', '')).toContain('https://example.net/a mallory@example.net');
  });

  test('and our own words stand as they are', () => {
    const subjects = [aMessage(), aDigest(25), aSummary(), aReport()].map(message => mailOf(message).subject);
    expect(subjects.join()).not.toContain('\u200a');
  });
});

describe('body', () => {
  test('without a way to Partner Center there is no link, and the rest stands', () => {
    const nowhere = { ...view, linkFor: () => null };
    const { text, html } = mailIn(aMessage(), nowhere, from);
    expect(text + html).not.toContain('http');
    expect(text).toContain('Wide World Importers & Sons');
  });

  test('text and HTML name customer, state, expiry date, id and the link', () => {
    const { text, html, headers } = mailOf(aMessage());
    for (const body of [text, html.replaceAll('&amp;', '&')]) {
      expect(body).toContain('Wide World Importers & Sons');
      expect(body).toContain('New lead · 13 days left');
      expect(body).toContain('Tue 17 Nov 2026, 00:00 UTC (estimated)');
      expect(body).toContain(aMessage().alert.referralId);
      expect(body).toContain(view.linkFor(aMessage().alert.referralId, null)?.url);
    }
    expect(headers).toEqual({
      'X-Referral-Id': aMessage().alert.referralId,
      'X-Alert-Kind': 'new',
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    });
  });

  test('says what is doubtful', () => {
    const { text } = mailOf(anEscalation('warning', DAY, { mayBeRepeat: true, unconfirmedSince: now }));
    expect(text).toContain('may be a repeat');
    expect(text).toContain('could not be confirmed');
  });

  test('customer text is neither HTML nor a link', () => {
    const name = `<img src=x onerror=alert(1)> www.evil.example https://evil.example/?a=1&b=2 "x" \\\\evil\\share`;
    const { html, text } = mailOf(aMessage({ facts: { ...facts, customer: name, deal: null, solutions: [name] } }));
    expect(html).not.toMatch(/<img|www\.evil|https:\/\/evil|\\\\evil/);
    expect(text).not.toMatch(/www\.evil|https:\/\/evil|\\\\evil/);
    expect(html.match(/href="/g)).toHaveLength(1);
  });

  test('a digest lists its rows, most urgent first, and says how many more there are', () => {
    const mail = mailOf(aDigest(130));
    expect(mail.text).toContain('And 30 more');
    expect(mail.html.match(/href="/g)).toHaveLength(100);
    expect(mail.text.indexOf('Contoso 1 ')).toBeLessThan(mail.text.indexOf('Fabrikam 2 '));
    expect(mail.headers['X-Alert-Kind']).toBe('digest');
  });

  test('the operator reads what is wrong and what to do', () => {
    const mail = operatorMail(trouble, view, from);
    expect(mail.text).toContain(
      'Run `npm run sign-in` with an account that has MFA; PARTNER_CLIENT_ID stays as it is.',
    );
    expect(mail.headers['X-Alert-Kind']).toBe('operator');
    expect(operatorMail({ ...trouble, phase: 'ended' }, view, from).subject).toMatch(/^\[Over\]/);
  });
});

describe('Message-ID', () => {
  test('is stable for a key and takes the domain of the sender', () => {
    expect(messageIdOf('a', from)).toBe(messageIdOf('a', 'Alerts <other@CONTOSO.com>'));
    expect(messageIdOf('a', from)).not.toBe(messageIdOf('b', from));
  });

  test('all mails of a referral hang from one root, and name the thread before them', () => {
    const [a, b, c] = ['<a@contoso.com>', '<b@contoso.com>', '<c@contoso.com>'] as const;
    const root = mailOf(aMessage()).references;
    expect(root).toEqual([expect.stringMatching(/^<[0-9a-f]{40}@contoso\.com>$/)]);
    const thread = [a, '2f8a4c9e-operation', b, c];
    expect(mailOf({ ...anEscalation('critical', HOUR), previous: c, thread }).references).toEqual([...root, a, b, c]);
    expect(mailOf({ ...aMessage({ kind: 'expired' }), plainest: true }).references).toEqual(root);
    expect(mailOf(aMessage({ referralId: 'another' })).references).not.toEqual(root);
    expect(mailOf(aDigest(12)).references).toEqual([]);
  });

  test('only a Message-ID is replied to', () => {
    expect(mailOf({ ...aMessage(), previous: '<a@contoso.com>' }).inReplyTo).toBe('<a@contoso.com>');
    expect(mailOf({ ...aMessage(), previous: 'operation' }).inReplyTo).toBeUndefined();
    expect(mailOf({ ...aMessage(), previous: '<a@b>\r\nBcc: <x@y>' }).inReplyTo).toBeUndefined();
  });
});

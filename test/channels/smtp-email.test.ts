import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { createOperatorSmtp, createSmtpEmail, loginSmtp } from '../../src/channels/smtp-email.ts';
import { smtpFailure } from '../../src/channels/smtp-outcome.ts';
import type { SmtpTimes } from '../../src/channels/smtp-send.ts';
import { aDigest, aMessage, anEscalation, now, trouble, view } from '../messages/samples.ts';
import { createMailSink, type MailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { createScriptedSmtp, type ScriptedSmtp } from './scripted-smtp.ts';

const auth = { user: 'relay-user', pass: 'relay-word' };
let sink: MailSink;
beforeEach(async () => {
  sink = await createMailSink({ auth });
});
afterEach(() => sink.close());

const log = keepingLog();
const options = () => ({
  id: 'email',
  to: ['sales@example.com', 'desk@example.com'],
  from: 'Referral Alerts <alerts@contoso.com>',
  smtpUrl: sink.url,
  view,
  log,
  times: { replyMs: 2_000 },
});
const channel = () => createSmtpEmail({ ...options(), audience: 'sales' });
const only = () => sink.state.mails[0] as MailSink['state']['mails'][number];

describe('mail over SMTP', () => {
  test('is one mail to all recipients, with headers that machines can use', async () => {
    const message = aMessage();
    const outcome = await channel().deliver(message);
    expect(sink.state.mails).toHaveLength(1);
    expect(only().recipients).toEqual(['sales@example.com', 'desk@example.com']);
    expect(only().headers).toMatchObject({
      'x-referral-id': message.alert.referralId,
      'x-alert-kind': 'new',
      'auto-submitted': 'auto-generated',
    });
    expect(outcome).toEqual({ state: 'delivered', reference: only().headers['message-id'] });
    expect(only().subject).toBe('[New] Wide World Importers & Sons: Move of the order system to Azure (13 days left)');
    expect(Date.parse(only().headers.date as string)).toBe(now);
  });

  test('has the same Message-ID on every attempt and follows the mail before it', async () => {
    const email = channel();
    await email.deliver(aMessage());
    await email.deliver(aMessage());
    const [first, second] = sink.state.mails.map(mail => mail.headers['message-id'] as string);
    expect(second).toBe(first);
    expect(first).toMatch(/^<[0-9a-f]{40}@contoso\.com>$/);
    await email.deliver({ ...anEscalation('critical', HOUR), previous: first as string });
    const root = sink.state.mails[0]?.headers.references;
    expect(root).toMatch(/^<[0-9a-f]{40}@contoso\.com>$/);
    expect(sink.state.mails[2]?.headers).toMatchObject({ 'in-reply-to': first, references: `${root} ${first}` });
    expect(sink.state.mails[2]?.headers['message-id']).not.toBe(first);
  });

  test('a recipient who was greylisted gets it again, and nobody else', async () => {
    sink.setFaults({ greylist: ['desk@example.com'] });
    const first = await channel().deliver(aMessage());
    expect(first).toMatchObject({ state: 'delivered', recipients: { never: [], reason: 'SMTP 451' } });
    const later = first.state === 'delivered' ? (first.recipients?.later ?? []) : [];
    expect(later).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);

    expect(await channel().deliver({ ...aMessage(), only: later })).toMatchObject({ state: 'retry' });
    sink.setFaults({ greylist: false });
    expect(await channel().deliver({ ...aMessage(), only: later })).toEqual({
      state: 'delivered',
      reference: only().headers['message-id'],
    });
    expect(sink.state.mails.map(({ recipients }) => recipients)).toEqual([['sales@example.com'], ['desk@example.com']]);
  });

  test('a recipient refused for good is named by number alone, and not tried again', async () => {
    sink.setFaults({ reject: ['desk@example.com'] });
    const outcome = await channel().deliver(aMessage());
    expect(outcome).toMatchObject({ state: 'delivered', recipients: { later: [], reason: 'SMTP 550' } });
    expect(only().recipients).toEqual(['sales@example.com']);
    expect(log.lines.at(-1)).toEqual({
      level: 'warn',
      event: 'mail-recipients-refused',
      fields: { channel: 'email', later: 0, never: 1 },
    });
    expect(JSON.stringify([outcome, log.lines])).not.toContain('example.com');
  });

  test('whoever was to get it again and is refused for good by then, or is no recipient any more, is done with', async () => {
    sink.setFaults({ greylist: ['desk@example.com'] });
    const first = await channel().deliver(aMessage());
    const later = first.state === 'delivered' ? (first.recipients?.later ?? []) : [];
    sink.setFaults({ greylist: false, reject: ['desk@example.com'] });
    const again = await channel().deliver({ ...aMessage(), only: later });
    expect(again).toMatchObject({ state: 'delivered', recipients: { later: [], never: later } });
    const others = createSmtpEmail({ ...options(), to: ['sales@example.com'], audience: 'sales' });
    expect(await others.deliver({ ...aMessage(), only: later })).toMatchObject({ state: 'delivered' });
    expect(sink.state.mails).toHaveLength(1);
  });

  test('a server that is down or greylists is tried later', async () => {
    sink.setFaults({ down: true });
    expect(await channel().deliver(aMessage())).toMatchObject({
      state: 'retry',
      reason: expect.stringContaining('421'),
    });
    sink.setFaults({ down: false, greylist: true });
    expect(await channel().deliver(aMessage())).toMatchObject({
      state: 'retry',
      reason: expect.stringContaining('451'),
    });
  });

  test('a refused login refuses the whole channel', async () => {
    sink.setFaults({ loginRefused: true });
    const outcome = await channel().deliver(aMessage());
    expect(outcome).toMatchObject({ state: 'refused', reason: expect.stringContaining('login refused') });
    expect(JSON.stringify(outcome)).not.toContain(auth.user);
    await expect(loginSmtp(sink.url, { replyMs: 2_000 })).rejects.toThrow(/^SMTP 535.*login refused$/);
  });

  test('a login check sends nothing', async () => {
    await loginSmtp(sink.url, { replyMs: 2_000 });
    expect(sink.state.connections).toBe(1);
    expect(sink.state.mails).toHaveLength(0);
  });

  test('tells a digest and the operator by the same way', async () => {
    await channel().deliver(aDigest(25));
    await createOperatorSmtp(options()).tell(trouble);
    expect(sink.state.mails.map(mail => mail.subject)).toEqual([
      '[New] 25 new referrals, most urgent: 4 days left',
      '[Trouble] Referral Alerts: Partner Center wants a new sign-in',
    ]);
    expect(sink.state.mails[0]?.headers['x-referral-id']?.split(', ')).toHaveLength(25);
  });
});

describe('a mail server that', () => {
  let server: ScriptedSmtp;
  beforeEach(async () => {
    server = await createScriptedSmtp();
  });
  afterEach(() => server.close());
  // Long enough for a busy machine where a reply comes, short enough to wait for where none does.
  const times = { replyMs: 5_000, conversationMs: 15_000, dotMs: 600 };
  const email = (more: Partial<SmtpTimes> = {}) =>
    createSmtpEmail({ ...options(), smtpUrl: server.url, times: { ...times, ...more }, audience: 'sales' });

  test.each([
    ['greeting', '421 4.3.2 closing', 'retry'],
    ['greeting', '554 5.7.1 no service', 'refused'],
    ['AUTH', '454 4.7.0 later', 'retry'],
    ['AUTH', '535 5.7.139 off', 'refused'],
    ['AUTH', '550 5.7.30 off', 'refused'],
    ['MAIL', '451 4.3.0 later', 'retry'],
    ['MAIL', '530 5.7.1 log in', 'refused'],
    ['MAIL', '550 5.1.8 sender', 'refused'],
    ['MAIL', '552 5.3.4 too big', 'rejected'],
    ['RCPT', '450 4.2.0 greylisted', 'retry'],
    ['RCPT', '452 4.5.3 too many', 'retry'],
    ['RCPT', '550 5.1.1 unknown', 'refused'],
    ['RCPT', '550 5.4.5 daily limit', 'refused'],
    ['DATA', '451 4.3.0 later', 'retry'],
    ['dot', '451 4.3.0 later', 'retry'],
    ['dot', '550 5.4.5 daily limit', 'refused'],
    ['dot', '552 5.3.4 too big', 'rejected'],
    ['dot', '554 5.6.0 content', 'rejected'],
  ] as const)('answers %s with %s: %s', async (stage, reply, state) => {
    server.replies[stage] = reply;
    const outcome = await email().deliver(aMessage());
    expect(outcome.state).toBe(state);
    expect(JSON.stringify(outcome)).not.toMatch(/example\.com|127\.0\.0\.1|word/);
  });

  test.each(['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const)(
    'cuts, drips or falls silent at %s is tried again, and no conversation is left running',
    async stage => {
      for (const reply of ['cut', 'drip', 'silence'] as const) {
        server.replies[stage] = reply;
        expect((await email({ replyMs: 800 }).deliver(aMessage())).state).toBe('retry');
      }
      expect(server.mails).toEqual([]);
      await expect.poll(() => server.open()).toBe(0);
    },
  );

  test.each(['cut', 'drip', 'silence'] as const)(
    'has the whole mail and then meets us with %s leaves doubt, and no conversation running',
    async reply => {
      server.replies.dot = reply;
      expect((await email().deliver(aMessage())).state).toBe('doubtful');
      expect(server.mails).toHaveLength(1);
      await expect.poll(() => server.open()).toBe(0);
    },
  );

  test('takes longer for the dot than for anything else is waited for', async () => {
    server.replies.dot = 'silence';
    let outcome: unknown = null;
    const delivering = email({ replyMs: 1_000, conversationMs: 1_500, dotMs: 60_000 })
      .deliver(aMessage())
      .then(told => {
        outcome = told;
      });
    await expect.poll(() => server.mails.length, { timeout: 5_000 }).toBe(1);
    // Longer than it waits for any other reply, and than for all of the conversation before.
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(outcome).toBeNull();
    await server.close();
    await delivering;
    expect(outcome).toMatchObject({ state: 'doubtful' });
  });
});

describe('what an SMTP failure means', () => {
  test.each([
    [{ code: 'EAUTH', message: 'Missing credentials' }, 'refused', 'SMTP: no way to log in'],
    [{ code: 'EENVELOPE', message: 'No recipients defined' }, 'rejected', 'SMTP: no connection (EENVELOPE)'],
    [{ code: 'ECONNECTION', message: 'connect relay.contoso.com' }, 'retry', 'SMTP: no connection (ECONNECTION)'],
    [{ code: 'ETLS', command: 'STARTTLS', responseCode: 502, response: '502 no' }, 'refused', 'SMTP 502, no TLS'],
    [{ code: 'ETLS', command: 'STARTTLS', responseCode: 454, response: '454 no' }, 'retry', 'SMTP 454, no TLS'],
    [
      { code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' },
      'refused',
      'SMTP: TLS failed, the certificate is not trusted or there is no TLS (ERR_SSL_WRONG_VERSION_NUMBER)',
    ],
    [
      { code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' },
      'retry',
      'SMTP: TLS failed, the certificate is not trusted or there is no TLS (CERT_HAS_EXPIRED)',
    ],
    [new Error('sales@example.com'), 'retry', 'SMTP failed'],
    [
      {
        code: 'EENVELOPE',
        command: 'RCPT TO',
        responseCode: 550,
        rejectedErrors: [{ responseCode: 550 }, { responseCode: 451 }],
      },
      'retry',
      'SMTP 451',
    ],
  ])('%o', (error, state, reason) => {
    expect(smtpFailure(error)).toMatchObject({ state, reason });
  });
});

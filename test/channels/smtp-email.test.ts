import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { createOperatorSmtp, createSmtpEmail, loginSmtp } from '../../src/channels/smtp-email.ts';
import { smtpFailure, within } from '../../src/channels/smtp-outcome.ts';
import { aDigest, aMessage, anEscalation, now, trouble, view } from '../messages/samples.ts';
import { createMailSink, type MailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { keepingLog } from '../support/keeping-log.ts';

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
  timeoutMs: 2_000,
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

  test('some recipients refused: delivered to the others, and the log says so without addresses', async () => {
    sink.setFaults({ reject: ['desk@example.com'] });
    expect(await channel().deliver(aMessage())).toMatchObject({ state: 'delivered' });
    expect(only().recipients).toEqual(['sales@example.com']);
    expect(log.lines.at(-1)).toEqual({
      level: 'warn',
      event: 'mail-recipients-refused',
      fields: { channel: 'email', refused: 1, accepted: 1 },
    });
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

  test('a refused login loses the whole channel', async () => {
    sink.setFaults({ loginRefused: true });
    const outcome = await channel().deliver(aMessage());
    expect(outcome).toMatchObject({ state: 'rejected', lost: true, reason: expect.stringContaining('login refused') });
    expect(JSON.stringify(outcome)).not.toContain(auth.user);
    await expect(loginSmtp(sink.url, 2_000)).rejects.toThrow(/^SMTP 535.*login refused$/);
  });

  test('a login check sends nothing', async () => {
    await loginSmtp(sink.url, 2_000);
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

describe('what an SMTP failure means', () => {
  test.each([
    [
      { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 <sales@example.com> unknown' },
      'rejected',
      'SMTP 550 5.1.1',
    ],
    [{ code: 'EMESSAGE', responseCode: 554, response: '554 no' }, 'rejected', 'SMTP 554'],
    [{ code: 'EMESSAGE', responseCode: 452, response: '452 4.2.2 full' }, 'retry', 'SMTP 452 4.2.2'],
    [{ code: 'EAUTH', responseCode: 454, response: '454 4.7.0 later' }, 'retry', 'SMTP 454 4.7.0, login refused'],
    [{ code: 'EENVELOPE', message: 'No recipients defined' }, 'rejected', 'SMTP: no connection (EENVELOPE)'],
    [{ code: 'ECONNECTION', message: 'connect relay.contoso.com' }, 'retry', 'SMTP: no connection (ECONNECTION)'],
    [new Error('sales@example.com'), 'retry', 'SMTP failed'],
    [
      { code: 'EENVELOPE', responseCode: 550, rejectedErrors: [{ responseCode: 550 }, { responseCode: 451 }] },
      'retry',
      'SMTP 451',
    ],
  ])('%o', (error, state, reason) => {
    expect(smtpFailure(error)).toMatchObject({ state, reason });
  });

  test('a conversation that never ends is given up', async () => {
    await expect(within(new Promise(() => {}), 10)).rejects.toMatchObject({ code: 'ENOTINTIME' });
  });
});

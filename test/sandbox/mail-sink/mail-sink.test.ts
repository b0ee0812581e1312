import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { createMailSink, type MailFaults } from './mail-sink.ts';

const mail = {
  from: 'Referral Alerts <alerts@example.com>',
  to: ['sales@example.com', 'more@example.com'],
  subject: 'Zürich: 24 hours left',
  text: 'plain',
  html: '<p>rich</p>',
  headers: { 'X-Referral-Id': '1' },
};

test('keeps a mail with all its parts', async () => {
  const sink = await createMailSink();
  await createTransport(sink.url).sendMail(mail);
  expect(sink.state.mails).toMatchObject([
    {
      from: 'alerts@example.com',
      to: mail.to,
      recipients: mail.to,
      subject: mail.subject,
      text: 'plain',
      html: '<p>rich</p>',
      headers: { 'x-referral-id': '1' },
    },
  ]);
  await sink.close();
});

test('demands its login, also without a mail', async () => {
  const sink = await createMailSink({ auth: { user: 'alerts', pass: 'p@ss word' } });
  await createTransport(sink.url).verify();
  await createTransport(sink.url).sendMail(mail);
  await expect(createTransport(`smtp://alerts:wrong@127.0.0.1:${sink.port}`).verify()).rejects.toMatchObject({
    responseCode: 535,
  });
  await expect(createTransport(`smtp://127.0.0.1:${sink.port}`).sendMail(mail)).rejects.toThrow();
  expect(sink.state.mails).toHaveLength(1);
  await sink.close();
});

test.each<[Partial<MailFaults>, object]>([
  [{ down: true }, { responseCode: 421 }],
  [{ greylist: true, times: 2 }, { responseCode: 451 }],
  [{ reject: true, times: 2 }, { responseCode: 550 }],
  [{ reset: true, times: 1 }, { code: 'ECONNECTION' }],
  [{ hang: true, times: 1 }, { code: 'ETIMEDOUT' }],
])('fails as asked: %o', async (faults, error) => {
  const sink = await createMailSink();
  sink.setFaults(faults);
  // Short only for who is never greeted: a busy machine greets late.
  const greetingTimeout = faults.hang ? 1_000 : 10_000;
  const transport = createTransport({ host: '127.0.0.1', port: sink.port, greetingTimeout });
  await expect(transport.sendMail(mail)).rejects.toMatchObject(error);
  expect(sink.state.refused.length).toBeGreaterThan(0);
  sink.setFaults({ down: false });
  await transport.sendMail(mail);
  expect(sink.state.mails).toHaveLength(1);
  await sink.close();
});

test('can take a mail and never say so', async () => {
  const sink = await createMailSink();
  sink.setFaults({ cutAfterData: true });
  await expect(createTransport(sink.url).sendMail(mail)).rejects.toThrow();
  expect(sink.state.mails).toHaveLength(1);
  await sink.close();
});

test('one refused recipient does not keep the mail from the others', async () => {
  const sink = await createMailSink();
  sink.setFaults({ reject: ['more@example.com'] });
  const { rejected } = await createTransport(sink.url).sendMail(mail);
  expect(rejected).toEqual(['more@example.com']);
  expect(sink.state.mails[0]?.recipients).toEqual(['sales@example.com']);
  await sink.close();
});

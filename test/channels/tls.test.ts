import tls from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAcsEmail } from '../../src/channels/acs-email.ts';
import { createSmtpEmail } from '../../src/channels/smtp-email.ts';
import { aMessage, now, view } from '../messages/samples.ts';
import { createAcs } from '../sandbox/acs/acs.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { type Certificate, createCertificate } from '../support/certificate.ts';
import { keepingLog } from '../support/keeping-log.ts';

const known = tls.getCACertificates('default');
let trusted: Certificate;
let stranger: Certificate;
beforeAll(async () => {
  trusted = await createCertificate();
  stranger = await createCertificate('stranger');
  tls.setDefaultCACertificates([...known, trusted.cert]);
});
afterAll(() => tls.setDefaultCACertificates(known));

async function throughAcs(certificate: Certificate) {
  const acs = await createAcs({ token: 'identity-token', tls: certificate });
  acs.course.push('Succeeded');
  const credential = {
    getToken: async () => ({ token: 'identity-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const outcome = await createAcsEmail({
    id: 'email',
    audience: 'sales',
    to: ['sales@example.com'],
    from: 'alerts@contoso.com',
    endpoint: acs.url,
    credential,
    view,
    clock: () => now,
  }).deliver(aMessage());
  await acs.close();
  return { outcome, received: acs.operations.size };
}

async function throughSmtp(certificate: Certificate) {
  const sink = await createMailSink({ tls: certificate });
  const outcome = await createSmtpEmail({
    id: 'email',
    audience: 'sales',
    to: ['sales@example.com'],
    from: 'alerts@contoso.com',
    smtpUrl: sink.url,
    view,
    log: keepingLog(),
  }).deliver(aMessage());
  await sink.close();
  return { outcome, received: sink.state.mails.length };
}

test.each([
  ['ACS', throughAcs],
  ['SMTP', throughSmtp],
])('%s over TLS: only to a server whose certificate is trusted', async (_, send) => {
  expect(await send(trusted)).toMatchObject({ outcome: { state: 'delivered' }, received: 1 });
  expect(await send(stranger)).toMatchObject({ outcome: { state: 'retry' }, received: 0 });
});

test('SMTP without TLS: nothing, not even the password, goes to a server off this machine that offers none', async () => {
  const sink = await createMailSink({ auth: { user: 'relay', pass: 'word' } });
  const smtp = (host: string) =>
    createSmtpEmail({
      id: 'email',
      audience: 'sales',
      to: ['sales@example.com'],
      from: 'alerts@contoso.com',
      smtpUrl: `smtp://relay:word@${host}:${new URL(sink.url).port}`,
      view,
      log: keepingLog(),
    }).deliver(aMessage());
  // The same server by an address that does not look like this machine.
  const far = await smtp('[::ffff:127.0.0.1]');
  expect(far.state).toBe('refused');
  expect(sink.state.mails).toHaveLength(0);
  expect(await smtp('127.0.0.1')).toMatchObject({ state: 'delivered' });
  await sink.close();
});

test('SMTP over TLS to a server that speaks none: the channel takes nothing until somebody corrects its address', async () => {
  const sink = await createMailSink();
  const outcome = await createSmtpEmail({
    id: 'email',
    audience: 'sales',
    to: ['sales@example.com'],
    from: 'alerts@contoso.com',
    smtpUrl: sink.url.replace('smtp:', 'smtps:'),
    view,
    log: keepingLog(),
  }).deliver(aMessage());
  expect(outcome).toMatchObject({ state: 'refused', reason: expect.stringContaining('TLS') });
  await sink.close();
});

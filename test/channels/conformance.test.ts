import { afterEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { createAcsEmail } from '../../src/channels/acs-email.ts';
import { createPager } from '../../src/channels/pager.ts';
import { createSmtpEmail } from '../../src/channels/smtp-email.ts';
import { createTeamsWebhook } from '../../src/channels/teams-webhook.ts';
import type { Channel, Message } from '../../src/model/channel.ts';
import { aDigest, aMessage, anEscalation, now, view } from '../messages/samples.ts';
import { createAcs } from '../sandbox/acs/acs.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { createPagerSink } from '../sandbox/pager-sink/pager-sink.ts';
import { createTeamsSink } from '../sandbox/teams-sink/teams-sink.ts';
import { createFaultProxy } from '../support/fault-proxy.ts';
import { keepingLog } from '../support/keeping-log.ts';

/** How the other side behaves. */
type Mood = 'well' | 'busy' | 'refusing' | 'silent' | 'cut';

interface Rig {
  readonly channel: Channel;
  /** The same channel, over whatever stands at that port of this machine. */
  through(port: number): Channel;
  readonly port: number;
  readonly log: ReturnType<typeof keepingLog>;
  /** Words that may stand in no reason and no log. */
  readonly secrets: readonly string[];
  /** Everything that arrived, as text. */
  received(): string[];
  be(mood: Mood): void;
  close(): Promise<void>;
}

// Long enough for a busy machine, short enough to wait for when the other side is silent.
const timeoutMs = 1_500;
const clock = () => now;

const rigs: Record<string, () => Promise<Rig>> = {
  'teams webhook': async () => {
    const sink = await createTeamsSink();
    const url = sink.webhookUrl('sales');
    const log = keepingLog();
    const at = (address: string) =>
      createTeamsWebhook({ id: 'teams', audience: 'sales', url: address, view, clock, timeoutMs });
    return {
      channel: at(url),
      through: port => at(overPort(url, port)),
      port: sink.port,
      log,
      secrets: [url, new URL(url).search, new URL(url).host],
      received: () => sink.posts('sales').map(post => JSON.stringify(post.card)),
      be: mood =>
        sink.setFaults({
          throttled: mood === 'busy',
          gone: mood === 'refusing',
          hang: mood === 'silent',
          reset: mood === 'cut',
        }),
      close: sink.close,
    };
  },
  'smtp email': async () => {
    const auth = { user: 'relay-user', pass: 'relay-word' };
    const sink = await createMailSink({ auth });
    const log = keepingLog();
    const to = ['sales@example.com'];
    const from = 'Referral Alerts <alerts@contoso.com>';
    const times = { replyMs: timeoutMs, conversationMs: 2 * timeoutMs };
    const at = (smtpUrl: string) =>
      createSmtpEmail({ id: 'email', audience: 'sales', to, from, smtpUrl, view, log, times });
    return {
      channel: at(sink.url),
      through: port => at(overPort(sink.url, port)),
      port: sink.port,
      log,
      secrets: [sink.url, auth.user, auth.pass, 'sales@example.com'],
      received: () => sink.state.mails.map(mail => JSON.stringify(mail)),
      be: mood =>
        sink.setFaults({
          greylist: mood === 'busy',
          reject: mood === 'refusing',
          hang: mood === 'silent',
          reset: mood === 'cut',
        }),
      close: sink.close,
    };
  },
  'acs email': async () => {
    const acs = await createAcs({ token: 'identity-token' });
    const log = keepingLog();
    const credential = { getToken: async () => ({ token: 'identity-token', expiresOnTimestamp: Date.now() + HOUR }) };
    const faults = { busy: 429, refusing: 413, silent: 'hang', cut: 'reset' } as const;
    const at = (endpoint: string) =>
      createAcsEmail({
        id: 'email',
        audience: 'sales',
        to: ['sales@example.com'],
        from: 'alerts@contoso.com',
        endpoint,
        credential,
        view,
        clock,
        timeoutMs,
        pausesMs: [],
      });
    return {
      channel: at(acs.url),
      through: port => at(overPort(acs.url, port)),
      port: Number(new URL(acs.url).port),
      log,
      secrets: ['identity-token', acs.url, 'sales@example.com'],
      received: () => [...acs.operations.values()].map(operation => JSON.stringify(operation.message)),
      be: mood => {
        acs.faults.length = 0;
        acs.course.push('Succeeded');
        if (mood !== 'well') acs.faults.push({ method: 'POST', answer: faults[mood] });
      },
      close: acs.close,
    };
  },
  pager: async () => {
    const sink = await createPagerSink();
    const log = keepingLog();
    const at = (url: string) => createPager({ id: 'pager', url, key: sink.routingKey, view, clock, timeoutMs });
    return {
      channel: at(sink.enqueueUrl),
      through: port => at(overPort(sink.enqueueUrl, port)),
      port: Number(new URL(sink.url).port),
      log,
      secrets: [sink.routingKey, sink.url],
      received: () => sink.state.events.map(({ event }) => JSON.stringify(event)),
      be: mood =>
        sink.setFaults({
          throttled: mood === 'busy',
          gone: mood === 'refusing',
          hang: mood === 'silent',
          reset: mood === 'cut',
        }),
      close: sink.close,
    };
  },
};

/** An address at another port of this machine. */
function overPort(address: string, port: number): string {
  return address.replace(/(@|\/\/)127\.0\.0\.1:\d+/, `$1127.0.0.1:${port}`);
}

describe.each(Object.keys(rigs))('%s', name => {
  let rig: Rig;
  const open = async (mood: Mood) => {
    rig = await (rigs[name] as () => Promise<Rig>)();
    rig.be(mood);
    return rig;
  };
  afterEach(() => rig.close());

  test('tells an alert once, naming customer and expiry date', async () => {
    const { channel, received } = await open('well');
    expect(await channel.deliver(anEscalation('critical', HOUR))).toMatchObject({ state: 'delivered' });
    expect(received()).toHaveLength(1);
    expect(received()[0]).toContain('Wide World Importers');
    expect(received()[0]).toContain('17 Nov 2026');
    expect(received()[0]).toContain(aMessage().alert.referralId);
  });

  const overHttp = name !== 'smtp email';
  test.each([
    ['busy', 'retry'],
    ['refusing', name === 'acs email' ? 'rejected' : 'refused'],
    ['silent', overHttp ? 'doubtful' : 'retry'],
    ['cut', overHttp ? 'doubtful' : 'retry'],
  ] as const)('when the other side is %s the outcome is %s, for a reason without secrets', async (mood, state) => {
    const { channel, received, log, secrets } = await open(mood);
    const outcome = await channel.deliver(anEscalation('critical', HOUR));
    expect(outcome.state).toBe(state);
    expect(received()).toHaveLength(0);
    const told = JSON.stringify([outcome, log.lines]);
    for (const secret of [...secrets, 'Importers', 'Utrecht']) expect(told).not.toContain(secret);
  });

  test('works again after a trouble, and when nobody listened', async () => {
    const { channel, be, received } = await open('cut');
    await channel.deliver(anEscalation('critical', HOUR));
    be('well');
    expect(await channel.deliver(anEscalation('critical', HOUR))).toMatchObject({ state: 'delivered' });
    expect(received()).toHaveLength(1);
    await rig.close();
    // Until the end of the kept connection has been noticed here, too.
    await new Promise(resolve => setTimeout(resolve, 50));
    const outcome = await channel.deliver(anEscalation('critical', HOUR));
    expect(outcome.state).toBe('retry');
    for (const secret of rig.secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  test.each([
    ['delay', 'delivered'],
    ['cut-answer', overHttp ? 'doubtful' : 'retry'],
    ['swallow', overHttp ? 'doubtful' : 'retry'],
    ['drip', overHttp ? 'doubtful' : 'retry'],
  ] as const)(
    'when the wire does %s to its answer the outcome is %s, and no conversation stays open',
    async (fault, state) => {
      const { port, through, secrets } = await open('well');
      const proxy = await createFaultProxy(port);
      proxy.fault = fault;
      const outcome = await through(proxy.port).deliver(anEscalation('critical', HOUR));
      expect(outcome.state).toBe(state);
      for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
      if (state !== 'delivered') await expect.poll(() => proxy.open(), { timeout: 5_000 }).toBe(0);
      await proxy.close();
    },
  );

  test('when the connection is cut as it begins nothing arrives, and nothing counts as delivered', async () => {
    const { port, through, received } = await open('well');
    const proxy = await createFaultProxy(port);
    proxy.fault = 'cut-before';
    const outcome = await through(proxy.port).deliver(anEscalation('critical', HOUR));
    // What was handed to the system before the cut was seen has gone out, as far as anybody here can tell.
    expect(['retry', 'doubtful']).toContain(outcome.state);
    expect(received()).toHaveLength(0);
    await proxy.close();
  });

  test('takes the plainest form, with nothing that a customer wrote', async () => {
    const { channel, received } = await open('well');
    const plainest = true as const;
    expect(await channel.deliver({ ...anEscalation('critical', HOUR), plainest })).toMatchObject({
      state: 'delivered',
    });
    expect(received()).toHaveLength(1);
    expect(received()[0]).toContain(aMessage().alert.referralId);
    expect(received()[0]).not.toMatch(/Importers|order system/);
  });

  test('takes every kind of alert, however hostile its text', async () => {
    const { channel } = await open('well');
    const hostile = `\r\nBcc: x@example.com\r\n\r\n<b>[x](https://evil.example)</b>\u202e\0${'A\u0301'.repeat(50_000)}`;
    const facts = { ...aMessage().alert.facts, customer: hostile, deal: hostile, solutions: Array(500).fill(hostile) };
    const messages: Message[] = [
      aMessage({ facts }),
      anEscalation('critical', HOUR, { facts, mayBeRepeat: true, unconfirmedSince: now, firstTold: true }),
      aMessage({ kind: 'answered', exit: 'accepted', facts }),
      aMessage({ kind: 'expired', exit: 'expired', facts }),
    ];
    if (channel.audience === 'sales') messages.push(aDigest(300, 300, { customer: hostile, deal: hostile }));
    for (const message of messages) {
      if (name === 'acs email') rig.be('well');
      expect(await channel.deliver(message)).toMatchObject({ state: 'delivered' });
    }
  });
});

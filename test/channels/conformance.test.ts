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
import { keepingLog } from '../support/keeping-log.ts';

/** How the other side behaves. */
type Mood = 'well' | 'busy' | 'refusing' | 'silent' | 'cut';

interface Rig {
  readonly channel: Channel;
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
    return {
      channel: createTeamsWebhook({ id: 'teams', audience: 'sales', url, view, clock, timeoutMs }),
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
    return {
      channel: createSmtpEmail({ id: 'email', audience: 'sales', to, from, smtpUrl: sink.url, view, log, timeoutMs }),
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
    return {
      channel: createAcsEmail({
        id: 'email',
        audience: 'sales',
        to: ['sales@example.com'],
        from: 'alerts@contoso.com',
        endpoint: acs.url,
        credential,
        view,
        clock,
        timeoutMs,
        pausesMs: [],
      }),
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
    return {
      channel: createPager({ id: 'pager', url: sink.enqueueUrl, key: sink.routingKey, view, clock, timeoutMs }),
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

  test.each([
    ['busy', 'retry'],
    ['refusing', 'rejected'],
    ['silent', 'retry'],
    ['cut', 'retry'],
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
    const outcome = await channel.deliver(anEscalation('critical', HOUR));
    expect(outcome.state).toBe('retry');
    for (const secret of rig.secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
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

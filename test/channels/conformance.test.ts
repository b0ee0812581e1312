import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelDeps } from '../../src/app/open-channel.ts';
import {
  alertChannels,
  CHANNEL_KINDS,
  openRegistry,
  operatorChannels,
  reportChannels,
} from '../../src/app/registry.ts';
import { HOUR } from '../../src/base/instant.ts';
import type { Channel, Message, Outcome } from '../../src/model/channel.ts';
import { type Carrier, type CarrierAnswer, OUTCOMES, type OutcomeRow, rowOf } from '../../src/model/outcomes.ts';
import { readSettings } from '../../src/settings/read-settings.ts';
import { aDigest, aMessage, anEscalation, now, view } from '../messages/samples.ts';
import { createFaultProxy } from '../support/fault-proxy.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { closeWires, type Scripted, type Service, WAITS, WIRES } from './wires.ts';

type Heard = Pick<Channel, 'id' | 'deliver'> & Partial<Pick<Channel, 'audience' | 'incidents'>>;

const log = keepingLog();
/** A port at which nobody listens. */
const NOBODYS = 9;

function registryOver(carrier: Carrier, port: number) {
  const { settings, deps } = WIRES[carrier];
  const { other, problems } = readSettings({ ...settings(port) });
  const surroundings: ChannelDeps = {
    ...{ view, log, clock: () => now, bot: null, identity: { getToken: async () => null } },
    ...WAITS,
    ...deps?.(port),
  };
  return { registry: openRegistry(other, surroundings), problems };
}

/** Every channel that the registry opens over this carrier, at that port of this machine. */
async function channelsOver(carrier: Carrier, port: number): Promise<readonly Heard[]> {
  const { registry } = registryOver(carrier, port);
  return [...(await alertChannels(registry)), ...operatorChannels(registry), ...reportChannels(registry)];
}

afterAll(closeWires);

const CARRIERS = Object.keys(WIRES) as Carrier[];
/** What was open in the registry, channel by channel; a bot's id is its conversation's. */
const KIND_OF = CARRIERS.flatMap(carrier => registryOver(carrier, NOBODYS).registry.map(({ id }) => ({ carrier, id })));

test('every kind of channel of the registry stands here, over each of its carriers', () => {
  const kinds = new Set(KIND_OF.map(({ id }) => id.replace(/:.*/, '')));
  expect([...kinds].sort()).toEqual(CHANNEL_KINDS.map(({ id }) => id).sort());
  for (const carrier of CARRIERS) expect(KIND_OF.map(each => each.carrier)).toContain(carrier);
});

/** Words that services say: each row's expression must know one of them. */
const WORDS = [
  ...['html', 'failure', 'WorkflowTriggerIsNotEnabled', 'InvalidSenderUserName', '5.4.5', '5.3.4'],
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

/** Some answers that this row decides: its ends and its middle, at each of its stages. */
function answersOf(row: OutcomeRow, carrier: Carrier): CarrierAnswer[] {
  const { status, code } = row;
  const word = code ? WORDS.find(each => code.test(each)) : null;
  const [from, to] = typeof status === 'object' ? status : [0, 0];
  const all = typeof status === 'object' ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [status];
  const stages = carrier === 'smtp' ? (row.stages ?? (['sender', 'message'] as const)) : [undefined];
  return stages.flatMap(stage => {
    const answers = all
      .map((each): CarrierAnswer => ({ carrier, status: each, ...(word && { code: word }), ...(stage && { stage }) }))
      .filter(answer => rowOf(answer) === row && isSayable(answer));
    return [...new Set([answers[0], answers[answers.length >> 1], answers.at(-1)])].filter(each => each !== undefined);
  });
}

/** An interim answer is none, and mail has its silence after the dot only. */
function isSayable({ carrier, status, stage }: CarrierAnswer): boolean {
  return !(carrier === 'smtp' && status === 'no answer' && stage !== 'message');
}

/** Short enough to be told in full, and yet nothing that could be told apart by its length. */
const tell = (channel: Heard) => channel.deliver(anEscalation('critical', HOUR));

function expectNoSecrets(carrier: Carrier, outcomes: readonly Outcome[]): void {
  const told = JSON.stringify([outcomes, log.lines]);
  for (const secret of [...WIRES[carrier].secrets, 'Importers', 'Utrecht']) expect(told).not.toContain(secret);
}

const ROWS = CARRIERS.flatMap(carrier =>
  OUTCOMES.filter(({ carriers }) => carriers.includes(carrier)).map(row => ({ carrier, row })),
);

test.each(ROWS)('$carrier: somebody can say $row.status $row.code', ({ carrier, row }) => {
  expect(answersOf(row, carrier)).not.toEqual([]);
});

type Answer = Pick<OutcomeRow, 'state'> & { readonly answer: CarrierAnswer };

function answersOver(carrier: Carrier): Answer[] {
  const rows = OUTCOMES.filter(({ carriers }) => carriers.includes(carrier));
  return rows.flatMap(row => answersOf(row, carrier).map(answer => ({ answer, state: row.state })));
}

/** What is no answer to anybody who asked: it takes a whole time-out to say so. */
const isWaitedFor = ({ answer: { status } }: Answer) => status === 'no answer' || Number(status) < 200;

async function expectInEveryChannel(
  { answer, state }: Answer,
  scripted: Scripted,
  channels: readonly Heard[],
): Promise<void> {
  scripted.say(answer);
  const before = scripted.heard();
  const outcomes = await Promise.all(channels.map(tell));
  expect(outcomes.map(outcome => outcome.state)).toEqual(
    // Nobody asks later what became of a message to the operator.
    channels.map(({ audience }) => (state === 'accepted' && !audience ? 'delivered' : state)),
  );
  expect(scripted.heard() - before).toBeLessThanOrEqual(channels.length);
  expectNoSecrets(answer.carrier, outcomes);
}

describe.each(CARRIERS)('what is answered over %s', carrier => {
  let scripted: Scripted;
  let channels: readonly Heard[];
  beforeAll(async () => {
    scripted = await WIRES[carrier].script();
    channels = await channelsOver(carrier, scripted.port);
  });
  afterAll(() => scripted.close());

  test.each(answersOver(carrier).filter(each => !isWaitedFor(each)))(
    '$answer.status $answer.code $answer.stage is $state, in every channel, tried once',
    async each => {
      const { status, stage } = each.answer;
      const isNobody = status === 'no connection' && stage !== 'tls';
      const there = isNobody ? await channelsOver(carrier, NOBODYS) : channels;
      await expectInEveryChannel(each, scripted, there);
    },
  );
});

// Side by side, for all that they do is wait: each at a service of its own.
test.concurrent.each(CARRIERS.flatMap(carrier => answersOver(carrier).filter(isWaitedFor)))(
  'over $answer.carrier: $answer.status $answer.stage is $state, in every channel, tried once',
  async each => {
    const { carrier } = each.answer;
    const scripted = await WIRES[carrier].script();
    try {
      await expectInEveryChannel(each, scripted, await channelsOver(carrier, scripted.port));
    } finally {
      await scripted.close();
    }
  },
);

describe.each(CARRIERS)('%s', carrier => {
  let service: Service;
  const open: { close(): Promise<void> }[] = [];
  async function begin(): Promise<Service> {
    service = await WIRES[carrier].serve();
    open.push(service);
    return service;
  }
  const only = async (port: number) => (await channelsOver(carrier, port))[0] as Heard;
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  test('every channel tells an alert once, naming customer and expiry date', async () => {
    const { port, received } = await begin();
    for (const channel of await channelsOver(carrier, port)) {
      const before = received().length;
      expect([channel.id, await tell(channel)]).toMatchObject([channel.id, { state: 'delivered' }]);
      const [told, ...more] = received().slice(before);
      expect(more).toEqual([]);
      for (const part of ['Wide World Importers', '17 Nov 2026', aMessage().alert.referralId])
        expect(told).toContain(part);
    }
  });

  test('works again after a trouble, and when nobody listened', async () => {
    const { port, received } = await begin();
    const proxy = await createFaultProxy(port);
    const channel = await only(proxy.port);
    proxy.fault = 'cut-before';
    // What was handed to the system before the cut was seen has gone out, as far as anybody here can tell.
    expect(['retry', 'doubtful']).toContain((await tell(channel)).state);
    expect(received()).toHaveLength(0);
    proxy.fault = 'pass';
    expect(await tell(channel)).toMatchObject({ state: 'delivered' });
    expect(received()).toHaveLength(1);
    await proxy.close();
    // Until the end of the kept connection has been noticed here, too.
    await new Promise(resolve => setTimeout(resolve, 50));
    const outcome = await tell(channel);
    expect(outcome.state).toBe('retry');
    expectNoSecrets(carrier, [outcome]);
  });

  test('every channel takes the plainest form, with nothing that a customer wrote', async () => {
    const { port, received } = await begin();
    for (const channel of await channelsOver(carrier, port)) {
      const outcome = await channel.deliver({ ...anEscalation('critical', HOUR), plainest: true });
      expect([channel.id, outcome]).toMatchObject([channel.id, { state: 'delivered' }]);
      expect(received().at(-1)).toContain(aMessage().alert.referralId);
      expect(received().at(-1)).not.toMatch(/Importers|order system/);
    }
  });

  test('takes every kind of alert, however hostile its text', async () => {
    const { port } = await begin();
    const channel = await only(port);
    const hostile = `\r\nBcc: x@example.com\r\n\r\n<b>[x](https://evil.example)</b>\u202e\0${'A\u0301'.repeat(50_000)}`;
    const facts = { ...aMessage().alert.facts, customer: hostile, deal: hostile, solutions: Array(500).fill(hostile) };
    const messages: Message[] = [
      aMessage({ facts }),
      anEscalation('critical', HOUR, { facts, mayBeRepeat: true, unconfirmedSince: now, firstTold: true }),
      aMessage({ kind: 'answered', exit: 'accepted', facts }),
      aMessage({ kind: 'expired', exit: 'expired', facts }),
    ];
    if (!channel.incidents) messages.push(aDigest(300, 300, { customer: hostile, deal: hostile }));
    for (const message of messages) {
      expect(await channel.deliver(message)).toMatchObject({ state: 'delivered' });
    }
  });
});

// Side by side as well.
test.concurrent.for(CARRIERS)(
  '%s: whatever the wire does to the answer, the outcome is true and no conversation stays open',
  async (carrier, { expect }) => {
    // A mail that was not heard out is no doubt, whatever the wire did.
    const cutShort = carrier === 'smtp' ? 'retry' : 'doubtful';
    const faults = { delay: 'delivered', 'cut-answer': cutShort, swallow: cutShort, drip: cutShort } as const;
    const service = await WIRES[carrier].serve();
    const open: { close(): Promise<void> }[] = [service];
    try {
      const outcomes = await Promise.all(
        Object.entries(faults).map(async ([fault, state]) => {
          const proxy = await createFaultProxy(service.port);
          open.push(proxy);
          proxy.fault = fault as keyof typeof faults;
          const [channel] = await channelsOver(carrier, proxy.port);
          const outcome = await tell(channel as Heard);
          expect([fault, outcome]).toMatchObject([fault, { state }]);
          if (state !== 'delivered')
            await expect.poll(() => [fault, proxy.open()], { timeout: 5_000 }).toEqual([fault, 0]);
          return outcome;
        }),
      );
      expectNoSecrets(carrier, outcomes);
    } finally {
      for (const each of open) await each.close();
    }
  },
);

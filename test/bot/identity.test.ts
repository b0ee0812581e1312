import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { BoundChannel } from '../../src/bot/bot-channel.ts';
import { createRig, LEADS, message, type Rig } from './rig.ts';

let rig: Rig;
let channel: BoundChannel;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'));
  rig.connector.identity.down = true;
  const { serviceUrl } = rig.connector;
  await rig.conversations.add({
    ...{
      team: 'team',
      channel: LEADS,
      kind: 'channel',
      serviceUrl,
      botId: '28:bot',
      addedAt: rig.now,
      boundAt: rig.now,
    },
  });
  for (const place of rig.connector.world.conversations) place.installed = true;
  [channel] = (await rig.bot.channels()) as [BoundChannel];
});
afterAll(() => rig.close());

const tell = () => channel.deliver(message('ref-1', rig.now, rig.now + 10 * DAY));

it('says retry while it gets no token, and nothing of where it asked', async () => {
  const outcome = await tell();
  expect(outcome).toMatchObject({ state: 'retry' });
  expect(JSON.stringify(outcome)).not.toMatch(/http|eyJ|127\.0\.0\.1/);
  expect(rig.connector.world.calls).toHaveLength(0);
});

it('asks for a token as the bot’s own identity, and once while it lasts', async () => {
  rig.connector.identity.down = false;
  expect(await tell()).toMatchObject({ state: 'delivered' });
  expect(await tell()).toMatchObject({ state: 'delivered' });
  const good = () => rig.connector.identity.asked.filter(({ status }) => status === 200);
  expect(good()).toEqual([{ by: 'managed-identity', clientId: '3f0c2a1e-1111-4222-8333-444455556666', status: 200 }]);
  rig.now += 25 * HOUR;
  expect(await tell()).toMatchObject({ state: 'delivered' });
  expect(good()).toHaveLength(2);
});

import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createRig, LEADS, type Rig } from './rig.ts';

const GOVERNMENT = 'https://api.botframework.us';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'), {}, GOVERNMENT);
});
afterAll(() => rig.close());

it('a bot in a cloud of its own is let in and lets in by that cloud’s names', async () => {
  await rig.connector.install(LEADS);
  const posts = () => rig.connector.conversation(LEADS).messages.filter(({ from }) => from === 'bot').length;
  const greeted = posts();
  expect((await rig.connector.say('help', LEADS)).status).toBe(200);
  expect([greeted, posts()]).toEqual([0, 1]);
});

it('and by no other’s', async () => {
  const said = rig.connector.activity(LEADS, rig.connector.world.teams[0]?.channels[0]?.members[0] as never, {
    type: 'message',
    text: 'help',
  });
  const claims = rig.connector.claims({ iss: 'https://api.botframework.com' });
  expect((await rig.connector.send(said, { claims })).status).toBe(401);
});

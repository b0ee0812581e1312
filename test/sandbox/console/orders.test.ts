import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../sandbox.ts';
import type { Served } from '../serve.ts';
import { createConsole } from './console.ts';

let sandbox: Sandbox;
let page: Served;
beforeAll(async () => {
  sandbox = await createSandbox();
  page = await createConsole({ sandbox, port: 0 });
});
afterAll(async () => {
  await page.close();
  await sandbox.close();
});

const order = (path: string) =>
  fetch(`${page.url}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"milliseconds":1000}',
  });

test.each(['poll', 'advance', 'play', 'pause'])(
  'the address is told before the app has started: until then the clock says that it cannot %s yet',
  async name => expect((await order(`clock/${name}`)).status).toBe(503),
);

test('a lead may come in meanwhile', async () => {
  expect(await (await order('leads')).json()).toEqual({ added: [expect.any(String)] });
});

test('what nobody can do is not found', async () => {
  for (const path of [
    'clock/stop',
    'referrals/x/accept',
    `referrals/${sandbox.referralsApi.state.referrals[0]?.id}/win`,
  ])
    expect((await order(path)).status, path).toBe(404);
});

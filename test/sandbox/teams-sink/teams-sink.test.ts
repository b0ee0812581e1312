import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTeamsSink, type TeamsSink } from './teams-sink.ts';

let sink: TeamsSink;
beforeEach(async () => {
  sink = await createTeamsSink();
});
afterEach(() => sink.close());

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Fabrikam' }] };

function message(content: unknown): string {
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return JSON.stringify({ type: 'message', attachments: [{ contentType, contentUrl: null, content }] });
}

async function post(body = message(card), url = sink.webhookUrl('sales'), headers = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

test('takes a card and keeps it under its channel', async () => {
  let changes = 0;
  const forget = sink.onChange(() => {
    changes += 1;
  });
  const response = await post();
  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
  expect(sink.posts('sales')).toMatchObject([{ channel: 'sales', card }]);
  expect(sink.posts('oncall')).toHaveLength(0);
  expect(changes).toBe(1);
  forget();
  sink.clear();
  expect([changes, sink.state.posts.length]).toEqual([1, 0]);
});

test('refuses what Workflows or Teams would refuse', async () => {
  expect((await post('{')).status).toBe(400);
  expect((await post(message({ ...card, version: '1.6' }))).status).toBe(400);
  expect((await post(JSON.stringify(card))).status).toBe(400);
  expect((await post(message({ ...card, fallbackText: 'x'.repeat(28_672) }))).status).toBe(413);
  const url = sink.webhookUrl('sales');
  expect((await post(message(card), url.replace('%2F', '/'))).status).toBe(401);
  expect((await post(message(card), url.slice(0, -1))).status).toBe(401);
  expect((await post(message(card), url.replace('/sales/', '/nobody/'))).status).toBe(404);
  expect((await post(message(card), url, { authorization: 'Bearer x' })).status).toBe(401);
  expect(sink.state.posts).toHaveLength(0);
  expect(sink.state.refused.map(({ status }) => status)).toEqual([400, 400, 400, 413, 401, 401, 404, 401]);
});

test('fails as asked, everywhere or in one channel, for a number of times', async () => {
  sink.setFaults({ throttled: 9 }, 'sales');
  const throttled = await post();
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '9']);
  expect((await post(message(card), sink.webhookUrl('oncall'))).status).toBe(202);
  sink.setFaults({ throttled: true });
  sink.setFaults({ throttled: false }, 'sales');
  expect((await post()).headers.get('retry-after')).toBeNull();
  sink.setFaults({ throttled: false, gone: true });
  expect((await post()).status).toBe(404);
  sink.setFaults({ gone: false, forbidden: true });
  expect((await post()).status).toBe(403);
  sink.setFaults({ forbidden: false, down: true, times: 1 });
  expect((await post()).status).toBe(503);
  expect((await post()).status).toBe(202);
  sink.setFaults({ down: false, reset: true, times: 1 });
  await expect(post()).rejects.toThrow();
  expect(sink.state.refused.at(-1)?.status).toBeNull();
  expect(sink.posts('sales')).toHaveLength(1);
});

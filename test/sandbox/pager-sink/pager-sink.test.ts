import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPagerSink, type PagerSink } from './pager-sink.ts';

let pager: PagerSink;
beforeEach(async () => {
  pager = await createPagerSink();
});
afterEach(() => pager.close());

function send(event: object): Promise<Response> {
  return fetch(pager.enqueueUrl, {
    method: 'POST',
    body: JSON.stringify({ routing_key: pager.routingKey, ...event }),
    headers: { 'content-type': 'application/json' },
  });
}

const payload = { summary: 'Fabrikam expires', source: 'referral-alerts', severity: 'critical' };

test('opens and resolves an incident', async () => {
  const opened = await send({ event_action: 'trigger', dedup_key: 'a', payload });
  expect(opened.status).toBe(202);
  expect(await opened.json()).toMatchObject({ status: 'success', dedup_key: 'a' });
  expect(pager.state.incidents.get('a')).toMatchObject({ resolved: false });
  await send({ event_action: 'resolve', dedup_key: 'a' });
  expect(pager.state.incidents.get('a')).toMatchObject({ resolved: true });
  expect(JSON.stringify(pager.state.events)).not.toContain(pager.routingKey);
});

test('refuses what is no event and fails as asked', async () => {
  for (const event of [
    { event_action: 'trigger', dedup_key: 'a' },
    { event_action: 'resolve' },
    { event_action: 'shout', payload },
    { event_action: 'trigger', payload, routing_key: 'other' },
  ]) {
    expect((await send(event)).status).toBe(400);
  }
  pager.setFaults({ throttled: true });
  expect((await send({ event_action: 'trigger', payload })).status).toBe(429);
  expect(pager.state.incidents.size).toBe(0);
});

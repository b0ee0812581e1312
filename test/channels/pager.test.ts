import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR } from '../../src/base/instant.ts';
import { createPager } from '../../src/channels/pager.ts';
import { sampleMessage } from '../../src/messages/message.ts';
import { aDigest, aMessage, anEscalation, now, view } from '../messages/samples.ts';
import { createPagerSink, type PagerSink } from '../sandbox/pager-sink/pager-sink.ts';

let sink: PagerSink;
beforeEach(async () => {
  sink = await createPagerSink();
});
afterEach(() => sink.close());

const options = () => ({ id: 'pager', url: sink.enqueueUrl, key: sink.routingKey, view, clock: () => now });
const id = aMessage().alert.referralId;

test('one incident a referral, triggered at critical and resolved when it is over', async () => {
  const pager = createPager(options());
  expect(await pager.deliver(anEscalation('critical', 6 * HOUR))).toEqual({ state: 'delivered', reference: id });
  expect(await pager.deliver(anEscalation('critical', 5 * HOUR, { mayBeRepeat: true }))).toMatchObject({
    state: 'delivered',
  });
  expect([...sink.state.incidents.keys()]).toEqual([id]);
  expect(sink.state.events[0]?.event).toMatchObject({
    payload: { severity: 'critical', summary: expect.stringContaining('6 hours left: Wide World Importers & Sons') },
    links: [{ href: view.linkFor(id, null)?.url }],
  });
  expect(sink.state.incidents.get(id)?.resolved).toBe(false);
  expect(await pager.deliver(aMessage({ kind: 'answered', exit: 'accepted' }))).toMatchObject({ state: 'delivered' });
  expect(sink.state.incidents.get(id)?.resolved).toBe(true);
});

test('an expired referral is resolved, too', async () => {
  const pager = createPager(options());
  await pager.deliver(anEscalation('critical', HOUR));
  await pager.deliver(aMessage({ kind: 'expired', exit: 'expired' }));
  expect(sink.state.incidents.get(id)?.resolved).toBe(true);
});

test('a wrong key is rejected, a digest is none of its business', async () => {
  const pager = createPager({ ...options(), key: 'wrong' });
  expect(await pager.deliver(anEscalation('critical', HOUR))).toEqual({ state: 'rejected', reason: 'HTTP 400' });
  expect(await createPager(options()).deliver(aDigest(20))).toMatchObject({ state: 'rejected' });
  expect(sink.state.events).toHaveLength(0);
});

test('a test incident is resolved at once', async () => {
  expect(await createPager(options()).deliver(sampleMessage(now))).toMatchObject({ state: 'delivered' });
  expect(sink.state.events.map(({ action }) => action)).toEqual(['trigger', 'resolve']);
  expect([...sink.state.incidents.values()].every(incident => incident.resolved)).toBe(true);
  expect(await createPager({ ...options(), key: 'wrong' }).deliver(sampleMessage(now))).toMatchObject({
    state: 'rejected',
  });
});

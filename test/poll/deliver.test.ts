import { expect, it } from 'vitest';
import type { Channel, Message } from '../../src/model/channel.ts';
import { deliverAll } from '../../src/poll/deliver.ts';

const message = { kind: 'digest' } as Message;

it('lets a slow channel breathe after its answer, so that two posts never arrive close together', async () => {
  const taken: { from: number; to: number }[] = [];
  const channel: Channel = {
    id: 'teams',
    audience: 'sales',
    paceMs: 60,
    async deliver() {
      const from = performance.now();
      await new Promise(resolve => setTimeout(resolve, 50));
      taken.push({ from, to: performance.now() });
      return { state: 'delivered' };
    },
  };
  await deliverAll(
    [1, 2, 3].map(of => ({ channel, message, of })),
    () => {},
  );
  const pauses = taken.slice(1).map(({ from }, i) => from - (taken[i]?.to ?? 0));
  expect(pauses).toHaveLength(2);
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(59);
});

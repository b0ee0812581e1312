import { beforeEach, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE } from '../../src/base/instant.ts';
import type { ChannelStates } from '../../src/model/channel-state.ts';
import { mergedFields } from '../../src/watch/merged.ts';
import type { Finding } from '../../src/watch/troubles.ts';
import { createWatch } from '../../src/watch/watch.ts';
import { createMemoryWatch, emptyTables } from '../weeks/stores.ts';

const LOG = { info: () => {}, warn: () => {}, error: () => {} };
const SILENT: ChannelStates = { teams: { silentSince: 1 } };

let now: Instant;
let told: string[];
let tables: ReturnType<typeof emptyTables>;

beforeEach(() => {
  now = Date.parse('2027-03-01T09:00:00Z');
  told = [];
  tables = emptyTables();
});

const finding = (key: 'tables' | 'channel:teams', ok: boolean): Finding =>
  ok ? { key, ok } : { key, ok, title: key, text: 'in trouble' };

/** A process that polls beside others, over the same table. */
function aProcess(name: string) {
  let isAway = false;
  const beforeRead = () => {
    if (isAway) throw new Error('the tables are away');
  };
  const operator = {
    id: 'operator-teams',
    tell: async ({ trouble, phase }: { trouble: string; phase: string }) => {
      told.push(`${name}: ${phase} ${trouble}`);
      return { state: 'delivered' as const };
    },
    deliver: async () => ({ state: 'delivered' as const }),
  };
  const watch = createWatch({
    store: createMemoryWatch(tables, { beforeRead, beforeWrite: beforeRead }),
    operators: [operator],
    warnings: () => [],
    tidy: async () => {},
    log: LOG,
  });
  return {
    away(is: boolean) {
      isAway = is;
    },
    /** One poll: how it found the channels, and left them after `learns`; five minutes pass. */
    async poll(findings: readonly Finding[], learns: (before: ChannelStates) => ChannelStates = before => before) {
      const { channels } = await watch.begin();
      const known = { pending: 0, nextExpiryAt: null, undelivered: 0, untold: 0, nextLookAt: null };
      const figures = { ...known, channels: learns(channels) };
      await watch.end(
        findings,
        { good: true, figures, newestFirst: false, channels: ['teams'], channelsBefore: channels },
        now,
      );
      now += 5 * MINUTE;
      return channels;
    },
  };
}

it('what one has learned of a channel outlives what another still remembers', async () => {
  const [a, b] = [aProcess('a'), aProcess('b')];
  await a.poll([], () => SILENT);
  expect(await b.poll([])).toEqual(SILENT);
  await a.poll([], () => ({}));
  await b.poll([]);
  expect([await a.poll([]), await b.poll([]), await aProcess('c').poll([])]).toEqual([{}, {}, {}]);
});

it('a channel that is well again for one is in no trouble for the other, for good', async () => {
  const [a, b] = [aProcess('a'), aProcess('b')];
  const found = (states: ChannelStates) => [finding('channel:teams', states.teams === undefined)];
  let [ofA, ofB] = [SILENT, SILENT] as [ChannelStates, ChannelStates];
  await a.poll(found(SILENT), () => SILENT);
  await b.poll(found(SILENT));
  await a.poll(found({}), () => ({}));
  for (let polls = 0; polls < 40; polls += 1) {
    ofB = await b.poll(found(ofB));
    ofA = await a.poll(found(ofA));
  }
  expect(told.filter(line => line.includes('continues') || line.includes('began'))).toEqual(['a: began channel:teams']);
  expect(told.at(-1)).toMatch(/ended channel:teams/);
});

it('who was cut off from the table when others told of a trouble does not tell it once more', async () => {
  const [a, b] = [aProcess('a'), aProcess('b')];
  await a.poll([]);
  await b.poll([]);
  b.away(true);
  await b.poll([finding('tables', false)]);
  await a.poll([finding('channel:teams', false)]);
  b.away(false);
  await b.poll([finding('tables', true), finding('channel:teams', false)]);
  now += 2 * HOUR;
  await b.poll([finding('channel:teams', true)]);
  expect(told).toEqual(['b: began tables', 'a: began channel:teams', 'b: ended tables', 'b: ended channel:teams']);
});

it.each([
  ['ours, where we changed it', { k: 1 }, { k: 1 }, { k: 2 }, { k: 2 }],
  ['theirs, where we did not', { k: 3 }, { k: 1 }, { k: 1 }, { k: 3 }],
  ['nothing, where we removed it', { k: 1 }, { k: 1 }, {}, {}],
  ['theirs, where they changed what we removed', { k: 3 }, { k: 1 }, {}, { k: 3 }],
  ['nothing, where they removed what we left', {}, { k: 1 }, { k: 1 }, {}],
  ['ours, where we changed what they removed', {}, { k: 1 }, { k: 2 }, { k: 2 }],
])('of two that write at once it takes %s', (_, stands, before, after, merged) => {
  expect(mergedFields<number>(stands, { before, after })).toEqual(merged);
});

import type { TableClient } from '@azure/data-tables';
import { beforeEach, expect, inject, it } from 'vitest';
import { openTable } from '../../src/azure/tables.ts';
import type { Conversation, ConversationStore } from '../../src/model/conversation-store.ts';
import { createConversationStore } from '../../src/storage/conversations.ts';
import { uniqueTableName } from '../support/table-names.ts';

const TEAM = '19:team/with?odd#signs\\@thread.tacv2';
const CHANNEL = '19:channel@thread.tacv2';

let store: ConversationStore;
let table: TableClient;
beforeEach(() => {
  const location = { connectionString: inject('tablesConnectionString') };
  table = openTable(location, uniqueTableName('TeamsConversations'));
  store = createConversationStore(table);
});

const conversation = (more: Partial<Conversation> = {}): Conversation => ({
  ...{
    team: TEAM,
    channel: CHANNEL,
    kind: 'channel',
    serviceUrl: 'https://smba.example/',
    botId: '28:bot',
    addedAt: 1_000,
  },
  ...more,
});

it('makes its table at first use and gives back what it was given', async () => {
  expect(await store.list()).toEqual([]);
  const kept = conversation({ boundAt: 2_000, boundBy: 'someone', name: 'Nordics', mark: 'x' });
  expect(await store.add(kept)).toBe(true);
  expect(await store.find(TEAM, CHANNEL)).toEqual({ ...kept, etag: expect.any(String) });
  expect(await store.find(TEAM, 'another')).toBeNull();
});

it('a row that somebody has broken keeps no other from being told', async () => {
  await store.add(conversation({ boundAt: 2_000, name: 'Nordics' }));
  await table.createEntity({ partitionKey: 'x', rowKey: 'y', team: TEAM, channel: 7, boundAt: 'soon' });
  await table.createEntity({
    ...{ partitionKey: 'x', rowKey: 'z', team: 'another', channel: 'c', serviceUrl: 'https://smba.example/' },
    ...{ boundAt: 'soon', addedAt: 'then', name: 7 },
  });
  expect((await store.list()).map(({ channel, name, boundAt }) => [channel, name, boundAt]).sort()).toEqual([
    [CHANNEL, 'Nordics', 2_000],
    ['c', '7', 0],
  ]);
});

it.each([
  ['without a channel', {}],
  ['whose channel is a number', { channel: 7 }],
  ['that stands for another', { channel: CHANNEL, serviceUrl: 'https://elsewhere.example/' }],
])('a row of the team %s keeps the others from no change', async (_, more) => {
  const partitionKey = Buffer.from(TEAM).toString('base64url');
  await store.add(conversation());
  await table.createEntity({ partitionKey, rowKey: 'aaa', team: TEAM, ...more });
  await table.createEntity({ partitionKey, rowKey: 'zzz', team: TEAM, ...more });
  await store.changeTeam(TEAM, known =>
    known.serviceUrl === 'https://moved.example/' ? null : { ...known, serviceUrl: 'https://moved.example/' },
  );
  expect(await store.find(TEAM, CHANNEL)).toMatchObject({ serviceUrl: 'https://moved.example/' });
});

it('a row that has lost its address gets the one that somebody speaks from', async () => {
  const partitionKey = Buffer.from(TEAM).toString('base64url');
  const rowKey = Buffer.from(CHANNEL).toString('base64url');
  await table.createTable();
  await table.createEntity({ partitionKey, rowKey, team: TEAM, channel: CHANNEL, boundAt: new Date(1_000) });
  await store.changeTeam(TEAM, known => ({ ...known, serviceUrl: 'https://moved.example/' }));
  expect(await store.list()).toMatchObject([
    { channel: CHANNEL, serviceUrl: 'https://moved.example/', boundAt: 1_000 },
  ]);
});

it('adds once, however many try at the same time', async () => {
  const added = await Promise.all(Array.from({ length: 5 }, () => store.add(conversation())));
  expect(added.filter(Boolean)).toHaveLength(1);
});

it('loses no change when two change at once, and forgets what is taken out', async () => {
  await store.add(conversation({ name: 'Old', boundAt: 1 }));
  await Promise.all([
    store.change(TEAM, CHANNEL, current => ({ ...(current as Conversation), mark: 'y' })),
    store.change(TEAM, CHANNEL, current => {
      const { name: _, ...others } = current as Conversation;
      return { ...others, boundAt: 7 };
    }),
  ]);
  const found = await store.find(TEAM, CHANNEL);
  expect(found).toMatchObject({ mark: 'y', boundAt: 7 });
  expect(found?.name).toBeUndefined();
  expect(await store.change(TEAM, 'nowhere', () => null)).toBeNull();
});

it('removes one, or a whole team and nothing else', async () => {
  await Promise.all([
    store.add(conversation()),
    store.add(conversation({ channel: 'second' })),
    store.add(conversation({ channel: 'third' })),
    store.add(conversation({ team: 'other' })),
  ]);
  await store.remove(TEAM, 'third');
  await store.remove(TEAM, 'third');
  expect(await store.list()).toHaveLength(3);
  await store.removeTeam(TEAM);
  await store.removeTeam(TEAM);
  expect((await store.list()).map(({ team }) => team)).toEqual(['other']);
});

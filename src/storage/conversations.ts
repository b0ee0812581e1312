import { odata, type TableClient, type TableEntityResult } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import type { Change, Conversation, ConversationStore } from '../model/conversation-store.ts';

/** One row of `TeamsConversations`. Keys are encoded: Teams' ids hold characters that a table key may not. */
type ConversationRow = {
  partitionKey: string;
  rowKey: string;
  team: string;
  channel: string;
  kind: string;
  serviceUrl: string;
  botId: string;
  addedAt: string;
  boundAt?: string;
  boundBy?: string;
  name?: string;
  mark?: string;
  deleted?: string;
};

/** The bot's conversations in Table Storage, one partition a team. */
export function createConversationStore(table: TableClient): ConversationStore {
  async function find(team: string, channel: string): Promise<Conversation | null> {
    try {
      return fromRow(await table.getEntity<ConversationRow>(toKey(team), toKey(channel)));
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  async function write(conversation: Conversation): Promise<Conversation | null> {
    try {
      const row = toRow(conversation);
      const { etag } = conversation.etag
        ? await table.updateEntity(row, 'Replace', { etag: conversation.etag })
        : await creatingTable(table, () => table.createEntity(row));
      return etag ? { ...conversation, etag } : conversation;
    } catch (error) {
      const status = statusOf(error);
      if (status === 404 || status === 409 || status === 412) return null;
      throw error;
    }
  }

  /** Changes what was read, or what somebody faster has made of it. */
  async function changing(
    current: Conversation | null,
    again: () => Promise<Conversation | null>,
    change: Change<Conversation | null>,
  ): Promise<Conversation | null> {
    for (let latest = current; ; latest = await again()) {
      const wanted = change(latest);
      if (!wanted) return latest;
      const written = await write(wanted);
      if (written) return written;
    }
  }

  async function rows(filter?: string): Promise<TableEntityResult<ConversationRow>[]> {
    return await creatingTable(table, async () => {
      const found: TableEntityResult<ConversationRow>[] = [];
      const queryOptions = filter ? { filter } : {};
      for await (const row of table.listEntities<ConversationRow>({ queryOptions })) found.push(row);
      return found;
    });
  }

  async function rowsOf(team: string) {
    return await rows(odata`PartitionKey eq ${toKey(team)}`);
  }

  async function removeRow(partitionKey: string, rowKey: string): Promise<void> {
    try {
      await table.deleteEntity(partitionKey, rowKey);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }

  return {
    find,
    list: async () => (await rows()).filter(isWhole).map(fromRow),
    add: async conversation => (await write(conversation)) !== null,

    async change(team, channel, change) {
      const current = () => find(team, channel);
      return await changing(await current(), current, change);
    },

    async changeTeam(team, change) {
      for (const row of (await rowsOf(team)).filter(namesPlace)) {
        const current = fromRow(row);
        const again = () => find(team, current.channel);
        await changing(current, again, latest => latest && change(latest));
      }
    },

    remove: (team, channel) => removeRow(toKey(team), toKey(channel)),

    async removeTeam(team) {
      for (const { partitionKey, rowKey } of await rowsOf(team)) {
        await removeRow(partitionKey as string, rowKey as string);
      }
    },
  };
}

function toKey(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function toRow({ etag: _, addedAt, boundAt, ...conversation }: Conversation): ConversationRow {
  return {
    partitionKey: toKey(conversation.team),
    rowKey: toKey(conversation.channel),
    ...conversation,
    addedAt: new Date(addedAt).toISOString(),
    ...(boundAt !== undefined && { boundAt: new Date(boundAt).toISOString() }),
  };
}

/** Whether a row says where the bot may speak: one that somebody has broken keeps no other from being told. */
function isWhole(row: Partial<ConversationRow>): boolean {
  return namesPlace(row) && isText(row.serviceUrl);
}

/** Whether a row says what it stands for; its address comes with the next activity from there. */
function namesPlace({ team, channel }: Partial<ConversationRow>): boolean {
  return isText(team) && isText(channel);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function fromRow(row: TableEntityResult<ConversationRow>): Conversation {
  return {
    team: row.team,
    channel: row.channel,
    kind: row.kind as Conversation['kind'],
    serviceUrl: row.serviceUrl,
    botId: row.botId,
    addedAt: Date.parse(row.addedAt) || 0,
    ...(row.boundAt && { boundAt: Date.parse(row.boundAt) || 0 }),
    ...(row.boundBy && { boundBy: String(row.boundBy) }),
    ...(row.name && { name: String(row.name) }),
    ...(row.mark && { mark: String(row.mark) }),
    ...((row.deleted === 'channel' || row.deleted === 'team') && { deleted: row.deleted }),
    etag: row.etag,
  };
}

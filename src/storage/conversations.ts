import { odata, type TableClient, type TableEntityResult } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import type { Conversation, ConversationStore } from '../model/conversation-store.ts';

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
  helpedAt?: string;
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

  async function rows(filter?: string): Promise<TableEntityResult<ConversationRow>[]> {
    return await creatingTable(table, async () => {
      const found: TableEntityResult<ConversationRow>[] = [];
      const queryOptions = filter ? { filter } : {};
      for await (const row of table.listEntities<ConversationRow>({ queryOptions })) found.push(row);
      return found;
    });
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
    list: async () => (await rows()).map(fromRow),
    add: async conversation => (await write(conversation)) !== null,

    async change(team, channel, change) {
      for (;;) {
        const current = await find(team, channel);
        const wanted = change(current);
        if (!wanted) return current;
        const written = await write(wanted);
        if (written) return written;
      }
    },

    remove: (team, channel) => removeRow(toKey(team), toKey(channel)),

    async removeTeam(team) {
      for (const { partitionKey, rowKey } of await rows(odata`PartitionKey eq ${toKey(team)}`)) {
        await removeRow(partitionKey as string, rowKey as string);
      }
    },
  };
}

function toKey(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function toRow({ etag: _, addedAt, boundAt, helpedAt, ...conversation }: Conversation): ConversationRow {
  return {
    partitionKey: toKey(conversation.team),
    rowKey: toKey(conversation.channel),
    ...conversation,
    addedAt: new Date(addedAt).toISOString(),
    ...(boundAt !== undefined && { boundAt: new Date(boundAt).toISOString() }),
    ...(helpedAt !== undefined && { helpedAt: new Date(helpedAt).toISOString() }),
  };
}

function fromRow(row: TableEntityResult<ConversationRow>): Conversation {
  return {
    team: row.team,
    channel: row.channel,
    kind: row.kind as Conversation['kind'],
    serviceUrl: row.serviceUrl,
    botId: row.botId,
    addedAt: Date.parse(row.addedAt),
    ...(row.boundAt && { boundAt: Date.parse(row.boundAt) }),
    ...(row.boundBy && { boundBy: row.boundBy }),
    ...(row.name && { name: row.name }),
    ...(row.helpedAt && { helpedAt: Date.parse(row.helpedAt) }),
    etag: row.etag,
  };
}

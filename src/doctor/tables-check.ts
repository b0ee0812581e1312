import { randomUUID } from 'node:crypto';
import type { TableClient } from '@azure/data-tables';
import { creatingTable, statusOf } from '../azure/tables.ts';
import type { TablesPlace } from '../settings/settings.ts';
import { type Finding, failed, ok } from './check.ts';

/** Writes a row that nobody reads and removes it: the right to make a table says nothing of the right to write rows. */
export async function checkTables(table: TableClient, place: TablesPlace): Promise<Finding> {
  const row = { partitionKey: 'doctor', rowKey: randomUUID() };
  try {
    await creatingTable(table, () => table.createEntity(row));
    await table.deleteEntity(row.partitionKey, row.rowKey);
    return ok('a row was written and removed');
  } catch (error) {
    return tablesFailure(error, place);
  }
}

function tablesFailure(error: unknown, place: TablesPlace): Finding {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const status = statusOf(error);
  const word = [code, name].find(part => typeof part === 'string' && /^[\w-]{1,60}$/.test(part)) ?? 'unknown reason';
  const found = `no row can be written (${[status, word].filter(Boolean).join(' ')})`;
  if (place.kind === 'connection-string')
    return failed(found, 'Check TABLES_CONNECTION_STRING, and that its storage account or emulator is running.');
  if (status === 401 || status === 403)
    return failed(found, 'Give the identity the role Storage Table Data Contributor on the storage account.');
  if (status === undefined && typeof name === 'string' && /Credential|Authentication/.test(name))
    return failed(
      found,
      'In Azure check AZURE_CLIENT_ID and the managed identity; on your own machine run `az login`.',
    );
  return failed(found, 'Check TABLES_URL and whether the network rules of the storage account let this machine in.');
}

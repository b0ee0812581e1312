import { randomUUID } from 'node:crypto';
import { RestError, TableClient } from '@azure/data-tables';
import { CALL_MS, timeLimit } from './time-limit.ts';

/** Where the tables are: an endpoint with an identity to reach it, or a connection string. */
export type TablesLocation =
  | {
      readonly url: string;
      readonly credential: {
        getToken(scopes: string | string[]): Promise<{ token: string; expiresOnTimestamp: number } | null>;
      };
    }
  | { readonly connectionString: string };

/** One client for one table; it holds its connections, so keep it. Each of its calls ends in time, else as `ETIMEDOUT`. */
export function openTable(location: TablesLocation, name: string, timeoutMs: number = CALL_MS): TableClient {
  // A poll that cannot reach its tables must say so soon: the platform stops it after ten minutes.
  const options = { retryOptions: { maxRetries: 3, retryDelayInMs: 300 } };
  const table =
    'connectionString' in location
      ? TableClient.fromConnectionString(location.connectionString, name, { allowInsecureConnection: true, ...options })
      : new TableClient(location.url, name, location.credential, {
          allowInsecureConnection: location.url.startsWith('http:'),
          ...options,
        });
  table.pipeline.addPolicy(timeLimit(timeoutMs));
  return table;
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.statusCode : undefined;
}

/** Runs an operation; when its table is not there yet, makes the table and runs it once more. */
export async function creatingTable<T>(table: TableClient, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (!isTableMissing(error)) throw error;
    await table.createTable();
    return await operation();
  }
}

/** Pages that are read from a table; when it is not there yet, makes it: there are none. */
export async function* creatingTableForPages<Page>(
  table: TableClient,
  pages: AsyncIterable<Page>,
): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    if (!isTableMissing(error)) throw error;
    await table.createTable();
  }
}

function isTableMissing(error: unknown): boolean {
  if (!(error instanceof RestError) || error.statusCode !== 404) return false;
  const code = error.code ?? (error.details as { odataError?: { code?: string } } | undefined)?.odataError?.code;
  return code === 'TableNotFound';
}

/** Writes a row that nobody reads and removes it: the right to make a table says nothing of the right to write rows. */
export async function tryRow(table: TableClient): Promise<void> {
  const row = { partitionKey: 'doctor', rowKey: randomUUID() };
  await creatingTable(table, () => table.createEntity(row));
  await table.deleteEntity(row.partitionKey, row.rowKey);
}

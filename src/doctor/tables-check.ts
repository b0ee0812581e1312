import type { SettingsReading } from '../settings/settings.ts';
import { failed, ok, type Verdict } from './verdict.ts';

/** Writes a row that nobody reads and removes it: the right to make a table says nothing of the right to write rows. */
export async function checkTables(
  writeRow: () => Promise<void>,
  statusOf: (error: unknown) => number | undefined,
  reading: SettingsReading,
): Promise<Verdict> {
  try {
    await writeRow();
    return ok('a row was written and removed');
  } catch (error) {
    return tablesFailure(error, statusOf(error), reading);
  }
}

function tablesFailure(error: unknown, status: number | undefined, { needed }: SettingsReading): Verdict {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const word = [code, name].find(part => typeof part === 'string' && /^[\w-]{1,60}$/.test(part)) ?? 'unknown reason';
  const found = `no row can be written (${[status, word].filter(Boolean).join(' ')})`;
  if (needed?.tables.kind === 'connection-string') {
    const isEmulator = /UseDevelopmentStorage=true/i.test(needed.tables.connectionString) || status === undefined;
    return failed(
      found,
      `Check TABLES_CONNECTION_STRING, and that its storage account can be reached${isEmulator ? '; on your own machine start the emulator with `npx azurite-table`' : ''}.`,
    );
  }
  if (status === 401 || status === 403)
    return failed(found, 'Give the identity the role Storage Table Data Contributor on the storage account.');
  if (status === undefined && typeof name === 'string' && /Credential|Authentication/.test(name))
    return failed(
      found,
      'In Azure check AZURE_CLIENT_ID and the managed identity; on your own machine run `az login`.',
    );
  return failed(found, 'Check TABLES_URL and whether the network rules of the storage account let this machine in.');
}

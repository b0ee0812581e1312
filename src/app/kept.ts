import { type AzureIdentity, createAzureIdentity } from '../azure/identity.ts';
import { openTable, type TablesLocation } from '../azure/tables.ts';
import type { CheckpointArchive } from '../model/checkpoint-store.ts';
import type { TablesPlace, TablesSettings } from '../settings/settings.ts';
import { createCheckpointStore } from '../storage/checkpoints.ts';
import { isManaged } from './partner-sign-in.ts';

export const CHECKPOINTS = 'ReferralCheckpoints';

export function placeOf(tables: TablesPlace, credential: AzureIdentity): TablesLocation {
  return tables.kind === 'connection-string'
    ? { connectionString: tables.connectionString }
    : { url: tables.url, credential };
}

/** What is kept of referrals, for commands that need nothing but the tables. */
export function openKept({ tables, identityClientId }: TablesSettings): CheckpointArchive {
  const identity = createAzureIdentity({ clientId: identityClientId, managed: isManaged() });
  return createCheckpointStore(openTable(placeOf(tables, identity), CHECKPOINTS));
}

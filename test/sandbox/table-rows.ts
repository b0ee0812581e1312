import { TableClient } from '@azure/data-tables';

/** One row of `ReferralCheckpoints`, as anybody could read it: every property as text. */
export interface CheckpointRow {
  readonly partition: string;
  readonly referralId: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** Reads the whole table; empty while nobody has made it. */
export async function readCheckpoints(connectionString: string): Promise<CheckpointRow[]> {
  const table = TableClient.fromConnectionString(connectionString, 'ReferralCheckpoints', {
    allowInsecureConnection: true,
  });
  const rows: CheckpointRow[] = [];
  try {
    for await (const { partitionKey, rowKey, etag: _etag, timestamp: _timestamp, ...columns } of table.listEntities()) {
      rows.push({
        partition: partitionKey ?? '',
        referralId: rowKey ?? '',
        columns: Object.fromEntries(
          Object.entries(columns)
            .filter(([name]) => !name.startsWith('odata'))
            .map(([name, value]) => [name, String(value)]),
        ),
      });
    }
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
  return rows;
}

export interface ToldDelivery {
  readonly alert: string;
  readonly channel: string;
  readonly state: string;
  readonly at: number | null;
  /** Told as a row of a digest. */
  readonly digest: boolean;
}

/** What the row's `deliveries` column says was told, however its entries are packed; empty when it says nothing readable. */
export function deliveriesOf(row: CheckpointRow): ToldDelivery[] {
  const entries = readJson(row.columns.deliveries);
  if (!Array.isArray(entries)) return [];
  return entries.map(entry => {
    const [alert, channel, state, , at, more] = Array.isArray(entry) ? entry : [];
    return {
      alert: String(alert),
      channel: String(channel),
      state: String(state),
      at: Number(at) || null,
      digest: more?.digest === true,
    };
  });
}

export function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

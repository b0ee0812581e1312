import type { Policy } from '../../../src/alerts/policy.ts';
import { restOf } from '../../../src/alerts/rest.ts';
import type { Checkpoint, Delivery } from '../../../src/model/checkpoint.ts';
import { toRow } from '../../../src/storage/checkpoint-row.ts';
import { referralId } from './referral-pages.ts';

export const TABLE_PAGE = 1_000;

const DAY = 24 * 3_600_000;

/** The settings of the measured app: its default steps, a Teams webhook and mail. */
const POLICY: Policy = {
  steps: [
    { name: '7d', before: 7 * DAY, severity: 'reminder' },
    { name: '3d', before: 3 * DAY, severity: 'warning' },
    { name: '24h', before: DAY, severity: 'critical' },
  ],
  digestAbove: 10,
  windowDays: 14,
  channels: [
    { id: 'teams', audience: 'sales' },
    { id: 'email', audience: 'sales' },
  ],
  rules: null,
  workingTime: null,
  stamp: '',
};

/** A checkpoint that was told to two channels yesterday and rests. */
function restingCheckpoint(n: number, today: number): Checkpoint {
  const at = today - DAY;
  const told = (channel: string): Delivery => ({ alert: 'new', channel, state: 'delivered', attempts: 1, at });
  const id = referralId(n);
  const checkpoint: Checkpoint = {
    referralId: id,
    engagementId: id,
    createdAt: at + (n % 3_600),
    firstSeenAt: at + 60_000,
    expiry: { at: today + 13 * DAY, source: 'reported' },
    summary: {
      customer: `Northwind Traders branch ${n}`,
      country: 'US',
      value: { amount: 1_000 + n, currency: 'USD' },
      type: 'Independent',
    },
    deliveries: [told('teams'), { ...told('email'), reference: `<${id}.new.email@example.com>` }],
  };
  const rest = restOf(checkpoint, POLICY, at + 120_000);
  if (!rest) throw new Error('the checkpoint does not rest');
  return { ...checkpoint, rest };
}

/** Ready-made bodies of table answers in the shape of the service's `odata=minimalmetadata`. */
export function createTablePages(total: number, today: number) {
  const kept = new Map<string, Buffer>();
  const stamp = new Date(today).toISOString().replace('Z', '1234Z');
  const etag = `W/"datetime'${encodeURIComponent(stamp)}'"`;

  function entity(n: number, select: readonly string[] | null, metadata = true): Record<string, unknown> {
    const { partitionKey, rowKey, ...columns } = toRow(restingCheckpoint(n, today), 'open');
    const all: Record<string, unknown> = { PartitionKey: partitionKey, RowKey: rowKey, Timestamp: stamp, ...columns };
    const chosen = select ? Object.fromEntries(select.map(name => [name, all[name]])) : all;
    return { ...(metadata && { 'odata.etag': etag }), ...chosen };
  }

  return {
    etag,
    one(n: number): Buffer {
      const body = kept.get(`one ${n}`) ?? Buffer.from(JSON.stringify(entity(n, null)));
      kept.set(`one ${n}`, body);
      return body;
    },
    page(from: number, select: string | null, metadata: boolean): { body: Buffer; next: number | null } {
      const key = `${from}/${select ?? ''}/${metadata}`;
      const next = from + TABLE_PAGE < total ? from + TABLE_PAGE : null;
      const known = kept.get(key);
      if (known) return { body: known, next };
      const fields = select?.split(',') ?? null;
      const count = Math.max(0, Math.min(TABLE_PAGE, total - from));
      const value = Array.from({ length: count }, (_, i) => entity(from + i, fields, metadata));
      const body = Buffer.from(JSON.stringify({ ...(metadata && { 'odata.metadata': 'metadata' }), value }));
      kept.set(key, body);
      return { body, next };
    },
  };
}

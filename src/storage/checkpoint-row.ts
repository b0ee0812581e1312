import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Claim, Delivery, DeliveryState, Exit, Outline } from '../model/checkpoint.ts';
import type { Expiry, ReferralSummary } from '../model/referral.ts';

/** One row of `ReferralCheckpoints`. Instants are ISO text: exact, readable in any table browser, in order. */
export type CheckpointRow = {
  partitionKey: string;
  rowKey: string;
  engagementId?: string;
  createdAt?: string;
  firstSeenAt: string;
  expiryAt: string;
  expirySource: string;
  summary?: string;
  deliveries: string;
  claim?: string;
  snoozedUntil?: string;
  restUntil?: string;
  restUnder?: string;
  exit?: string;
  closedAt?: string;
};

/** A delivery as kept: positions instead of names, for most of a row is deliveries. */
type PackedDelivery = [
  alert: string,
  channel: string,
  state: DeliveryState,
  attempts: number,
  at: number,
  more?: Pick<Delivery, 'retryAt' | 'digest' | 'reference' | 'editAt' | 'reason'>,
];

function pack(delivery: Delivery): PackedDelivery {
  const { alert, channel, state, attempts, at, ...more } = delivery;
  const packed: PackedDelivery = [alert, channel, state, attempts, at];
  if (Object.keys(more).length > 0) packed.push(more);
  return packed;
}

function unpack([alert, channel, state, attempts, at, more]: PackedDelivery): Delivery {
  return { alert, channel, state, attempts, at, ...more };
}

export function toRow(checkpoint: Checkpoint, partitionKey: string): CheckpointRow {
  return {
    partitionKey,
    rowKey: checkpoint.referralId,
    ...(checkpoint.engagementId !== null && { engagementId: checkpoint.engagementId }),
    ...(checkpoint.createdAt !== null && { createdAt: toText(checkpoint.createdAt) }),
    firstSeenAt: toText(checkpoint.firstSeenAt),
    expiryAt: toText(checkpoint.expiry.at),
    expirySource: checkpoint.expiry.source,
    ...(checkpoint.summary && { summary: JSON.stringify(checkpoint.summary) }),
    deliveries: JSON.stringify(checkpoint.deliveries.map(pack)),
    ...(checkpoint.claim && { claim: JSON.stringify(checkpoint.claim) }),
    ...(checkpoint.snoozedUntil !== undefined && { snoozedUntil: toText(checkpoint.snoozedUntil) }),
    ...(checkpoint.rest && { restUntil: toText(checkpoint.rest.until), restUnder: checkpoint.rest.under }),
    ...(checkpoint.exit && { exit: checkpoint.exit }),
    ...(checkpoint.closedAt !== undefined && { closedAt: toText(checkpoint.closedAt) }),
  };
}

/** Reads a row back. What is long is only parsed when somebody looks at it: a resting row is hardly parsed at all. */
export function fromRow(row: Omit<CheckpointRow, 'partitionKey'> & { readonly etag: string }): Checkpoint {
  let summary: ReferralSummary | null | undefined;
  let deliveries: readonly Delivery[] | undefined;
  return {
    referralId: row.rowKey,
    engagementId: row.engagementId ?? null,
    createdAt: row.createdAt ? Date.parse(row.createdAt) : null,
    firstSeenAt: Date.parse(row.firstSeenAt),
    expiry: { at: Date.parse(row.expiryAt), source: row.expirySource as Expiry['source'] },
    get summary() {
      summary ??= row.summary ? (JSON.parse(row.summary) as ReferralSummary) : null;
      return summary;
    },
    get deliveries() {
      deliveries ??= (JSON.parse(row.deliveries || '[]') as PackedDelivery[]).map(unpack);
      return deliveries;
    },
    ...(row.claim && { claim: JSON.parse(row.claim) as Claim }),
    ...(row.snoozedUntil && { snoozedUntil: Date.parse(row.snoozedUntil) }),
    ...(row.restUntil && { rest: { until: Date.parse(row.restUntil), under: row.restUnder ?? '' } }),
    ...(row.exit && { exit: row.exit as Exit }),
    ...(row.closedAt && { closedAt: Date.parse(row.closedAt) }),
    etag: row.etag,
  };
}

/** The columns of an outline, as the table service itself answers them. */
export type OutlineRow = Pick<CheckpointRow, 'expiryAt' | 'expirySource' | 'restUntil' | 'restUnder' | 'exit'> & {
  readonly RowKey: string;
};

export const OUTLINE_COLUMNS = ['RowKey', 'expiryAt', 'expirySource', 'restUntil', 'restUnder', 'exit'];

/** One shape for all of them, without spreading: there may be a hundred thousand. */
export function outlineOf({ RowKey, expiryAt, expirySource, restUntil, restUnder, exit }: OutlineRow): Outline {
  return {
    referralId: RowKey,
    expiry: { at: Date.parse(expiryAt), source: expirySource as Expiry['source'] },
    rest: restUntil ? { until: Date.parse(restUntil), under: restUnder ?? '' } : undefined,
    exit: exit as Exit | undefined,
  };
}

export function toText(instant: Instant): string {
  return new Date(instant).toISOString();
}

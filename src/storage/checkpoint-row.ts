import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Claim, Delivery, Exit, Hidden, Outline, Rest } from '../model/checkpoint.ts';
import type { NamedDates } from '../model/expiry.ts';
import type { Expiry, ReferralSummary } from '../model/referral.ts';
import { type PackedDelivery, pack, unpack } from './packed-delivery.ts';

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
  /** What the list named when it was put to rest, `none` for no date; absent where that is the expiry. */
  restListed?: string;
  /** Only while there are no deliveries to hold it. */
  dates?: string;
  hidden?: string;
  exit?: string;
  exitWord?: string;
  doubtSince?: string;
  closedAt?: string;
};

/**
 * The first delivery holds what Partner Center named as well: the code before keeps what it does not know inside deliveries,
 * and drops columns that it does not know.
 */
type Holder = { readonly dates?: NamedDates };

function packAll({ deliveries, dates }: Checkpoint): PackedDelivery[] {
  const [first, ...others] = deliveries.map(pack);
  if (!first) return [];
  if (!dates) return [first, ...others];
  const [alert, channel, state, attempts, at, more] = first;
  return [[alert, channel, state, attempts, at, { ...more, dates } as PackedDelivery[5] & Holder], ...others];
}

function unpackAll(text: string): Pick<Checkpoint, 'deliveries' | 'dates'> {
  let dates: NamedDates | undefined;
  const deliveries = (JSON.parse(text) as PackedDelivery[]).map(packed => {
    const { dates: held, ...delivery } = unpack(packed) as Delivery & Holder;
    dates ??= held;
    return delivery;
  });
  return { deliveries, ...(dates && { dates }) };
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
    deliveries: JSON.stringify(packAll(checkpoint)),
    ...(checkpoint.dates && checkpoint.deliveries.length === 0 && { dates: JSON.stringify(checkpoint.dates) }),
    ...(checkpoint.claim && { claim: JSON.stringify(checkpoint.claim) }),
    ...(checkpoint.snoozedUntil !== undefined && { snoozedUntil: toText(checkpoint.snoozedUntil) }),
    ...(checkpoint.rest && { restUntil: toText(checkpoint.rest.until), restUnder: checkpoint.rest.under }),
    ...(checkpoint.rest?.listed !== undefined && { restListed: listedToText(checkpoint.rest.listed) }),
    ...(checkpoint.hidden && { hidden: JSON.stringify(checkpoint.hidden) }),
    ...(checkpoint.exit && { exit: checkpoint.exit }),
    ...(checkpoint.exitWord !== undefined && { exitWord: checkpoint.exitWord }),
    ...(checkpoint.doubtSince !== undefined && { doubtSince: toText(checkpoint.doubtSince) }),
    ...(checkpoint.closedAt !== undefined && { closedAt: toText(checkpoint.closedAt) }),
  };
}

/** Reads a row back. What is long is only parsed when somebody looks at it: a resting row is hardly parsed at all. */
export function fromRow(row: Omit<CheckpointRow, 'partitionKey'> & { readonly etag: string }): Checkpoint {
  let summary: ReferralSummary | null | undefined;
  let unpacked: Pick<Checkpoint, 'deliveries' | 'dates'> | undefined;
  const opened = () => {
    unpacked ??= unpackAll(row.deliveries || '[]');
    return unpacked;
  };
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
      return opened().deliveries;
    },
    get dates() {
      return row.dates ? (JSON.parse(row.dates) as NamedDates) : opened().dates;
    },
    ...(row.claim && { claim: JSON.parse(row.claim) as Claim }),
    ...(row.snoozedUntil && { snoozedUntil: Date.parse(row.snoozedUntil) }),
    ...(row.restUntil && { rest: restIn(row.restUntil, row.restUnder, row.restListed) }),
    ...(row.hidden && { hidden: JSON.parse(row.hidden) as Hidden }),
    ...(row.exit && { exit: row.exit as Exit }),
    ...(row.exitWord && { exitWord: row.exitWord }),
    ...(row.doubtSince && { doubtSince: Date.parse(row.doubtSince) }),
    ...(row.closedAt && { closedAt: Date.parse(row.closedAt) }),
    etag: row.etag,
  };
}

/** The columns of an outline, as the table service itself answers them. */
export type OutlineRow = Pick<
  CheckpointRow,
  'expiryAt' | 'expirySource' | 'restUntil' | 'restUnder' | 'restListed' | 'exit'
> & {
  readonly RowKey: string;
};

export const OUTLINE_COLUMNS = ['RowKey', 'expiryAt', 'expirySource', 'restUntil', 'restUnder', 'restListed', 'exit'];

/** One shape for all of them, without spreading: there may be a hundred thousand. */
export function outlineOf(row: OutlineRow): Outline {
  return {
    referralId: row.RowKey,
    expiry: { at: Date.parse(row.expiryAt), source: row.expirySource as Expiry['source'] },
    rest: row.restUntil ? restIn(row.restUntil, row.restUnder, row.restListed) : undefined,
    exit: row.exit as Exit | undefined,
  };
}

function restIn(until: string, under = '', listed?: string): Rest {
  const at = Date.parse(until);
  return listed === undefined ? { until: at, under } : { until: at, under, listed: listedIn(listed) };
}

const NONE = 'none';

function listedToText(listed: Instant | null): string {
  return listed === null ? NONE : toText(listed);
}

function listedIn(text: string): Instant | null {
  return text === NONE ? null : Date.parse(text);
}

export function toText(instant: Instant): string {
  return new Date(instant).toISOString();
}

import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Claim, Delivery, Exit, Hidden, KeptSummary, Outline, Rest } from '../model/checkpoint.ts';
import type { NamedDates } from '../model/expiry.ts';
import type { Expiry } from '../model/referral.ts';
import type { Deed } from '../model/trail.ts';
import { type PackedDelivery, pack, unpack } from './packed-delivery.ts';
import { boundedJson, cut, isObject, joined, jsonIn, spread } from './text-columns.ts';

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
  factless?: number;
  /** Names of rules. */
  route?: string;
  /** Goes on in `deliveries2` and so on where one column is too small. */
  deliveries: string;
  claim?: string;
  snoozedUntil?: string;
  restUntil?: string;
  restUnder?: string;
  /** What the list named when it was put to rest, `none` for no date; absent where that is the expiry. */
  restListed?: string;
  /** Only while there are no deliveries to hold them. */
  dates?: string;
  trail?: string;
  hidden?: string;
  exit?: string;
  exitWord?: string;
  doubtSince?: string;
  closedAt?: string;
};

/** The longest texts that a row takes, in UTF-16 units: what is longer is nothing that people read. */
const BOUNDS = {
  engagementId: 128,
  summary: 200,
  delivery: 1_000,
  claim: 200,
  restUnder: 10_000,
  exitWord: 60,
  route: 2_000,
};

/** What has become of it, for timeline and figures. */
type Trail = Pick<Checkpoint, 'deeds' | 'exitAt' | 'forgotten'>;

/**
 * The first delivery holds what Partner Center named and the trail as well: the code before keeps what it does not know inside
 * deliveries, and drops columns that it does not know.
 */
type Holder = { readonly dates?: NamedDates; readonly trail?: Trail };

function heldBeside(checkpoint: Checkpoint): Holder {
  const { dates, deeds, exitAt, forgotten } = checkpoint;
  const trail = {
    ...(deeds?.length && { deeds }),
    ...(exitAt !== undefined && { exitAt }),
    ...(forgotten && { forgotten }),
  };
  return { ...(dates && { dates }), ...(Object.keys(trail).length > 0 && { trail }) };
}

function packAll(deliveries: readonly Delivery[], held: Holder): PackedDelivery[] {
  const [first, ...others] = deliveries.map(pack);
  if (!first) return [];
  if (Object.keys(held).length === 0) return [first, ...others];
  const [alert, channel, state, attempts, at, more] = first;
  return [[alert, channel, state, attempts, at, { ...more, ...held } as PackedDelivery[5] & Holder], ...others];
}

interface Unpacked extends Pick<Checkpoint, 'dates'> {
  readonly trail?: Trail;
  readonly deliveries: readonly Delivery[];
  /** It is not what was written: nobody knows what was told. */
  readonly unreadable: boolean;
}

function unpackAll(text: string | undefined): Unpacked {
  const packed = text === undefined || text === '' ? [] : jsonIn<PackedDelivery[]>(text, isPackedList);
  if (!packed) return { deliveries: [], unreadable: true };
  let dates: NamedDates | undefined;
  let trail: Trail | undefined;
  const deliveries = packed.map(entry => {
    const { dates: named, trail: left, ...delivery } = unpack(entry) as Delivery & Holder;
    if (areDates(named)) dates ??= named;
    if (isObject(left)) trail ??= trailIn(left);
    return delivery;
  });
  return { deliveries, unreadable: false, ...(dates && { dates }), ...(trail && { trail }) };
}

function isPackedList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPacked);
}

function isPacked(entry: unknown): boolean {
  if (!Array.isArray(entry)) return false;
  const [alert, channel, state, attempts, at, more] = entry;
  const isNamed = [alert, channel, state].every(word => typeof word === 'string');
  return isNamed && Number.isFinite(attempts) && Number.isFinite(at) && (more === undefined || isObject(more));
}

export function toRow(checkpoint: Checkpoint, partitionKey: string): CheckpointRow {
  const { engagementId, createdAt, claim, snoozedUntil, rest, hidden, exit, exitWord, doubtSince, closedAt } =
    checkpoint;
  const { deliveries } = checkpoint;
  const held = heldBeside(checkpoint);
  return {
    partitionKey,
    rowKey: checkpoint.referralId,
    ...(engagementId !== null && { engagementId: cut(engagementId, BOUNDS.engagementId) }),
    ...(createdAt !== null && { createdAt: toText(createdAt) }),
    firstSeenAt: toText(checkpoint.firstSeenAt),
    expiryAt: toText(checkpoint.expiry.at),
    expirySource: checkpoint.expiry.source,
    ...(checkpoint.summary && { summary: boundedJson(checkpoint.summary, BOUNDS.summary) }),
    ...(checkpoint.factless !== undefined && { factless: checkpoint.factless }),
    ...(checkpoint.route !== undefined && { route: cut(checkpoint.route, BOUNDS.route) }),
    ...(spread('deliveries', boundedJson(packAll(deliveries, held), BOUNDS.delivery, 5_000)) as { deliveries: string }),
    ...(held.dates && deliveries.length === 0 && { dates: JSON.stringify(held.dates) }),
    ...(held.trail && deliveries.length === 0 && { trail: boundedJson(held.trail, BOUNDS.claim) }),
    ...(claim && { claim: boundedJson(claim, BOUNDS.claim) }),
    ...(snoozedUntil !== undefined && { snoozedUntil: toText(snoozedUntil) }),
    ...(rest && { restUntil: toText(rest.until), restUnder: cut(rest.under, BOUNDS.restUnder) }),
    ...(rest?.listed !== undefined && { restListed: listedToText(rest.listed) }),
    ...(hidden && { hidden: JSON.stringify(hidden) }),
    ...(exit && { exit }),
    ...(exitWord !== undefined && { exitWord: cut(exitWord, BOUNDS.exitWord) }),
    ...(doubtSince !== undefined && { doubtSince: toText(doubtSince) }),
    ...(closedAt !== undefined && { closedAt: toText(closedAt) }),
  };
}

/** A checkpoint without what people wrote: what is left is ours and short. */
export function withoutWords(checkpoint: Checkpoint): Checkpoint {
  const { summary: _said, exitWord: _word, claim, deeds, deliveries, ...ours } = checkpoint;
  return {
    ...ours,
    summary: null,
    ...(claim && { claim: { ...claim, name: '' } }),
    ...(deeds && { deeds: deeds.map(({ what, at }) => ({ what, at, name: '' })) }),
    deliveries: deliveries.map(({ reason: _reason, ...delivery }) => delivery),
  };
}

/**
 * Reads a row back, whatever stands in it. What is long is only parsed when somebody looks at it: a resting row is hardly
 * parsed at all.
 */
export function fromRow(row: Omit<CheckpointRow, 'partitionKey'> & { readonly etag: string }): Checkpoint {
  let summary: KeptSummary | null | undefined;
  let unpacked: Unpacked | undefined;
  const opened = () => {
    unpacked ??= unpackAll(joined('deliveries', row));
    return unpacked;
  };
  const trail = () => opened().trail ?? trailIn(jsonIn(row.trail, isObject) ?? {});
  const [firstSeenAt, expiryAt] = [instantIn(row.firstSeenAt), instantIn(row.expiryAt)];
  const [createdAt, snoozedUntil, doubtSince, closedAt] = [
    instantIn(row.createdAt),
    instantIn(row.snoozedUntil),
    instantIn(row.doubtSince),
    instantIn(row.closedAt),
  ];
  const claim = jsonIn<Claim>(row.claim, isClaim);
  const hidden = jsonIn<Hidden>(row.hidden, isHiddenNote);
  const rest = restIn(row.restUntil, row.restUnder, row.restListed);
  return {
    referralId: row.rowKey,
    engagementId: typeof row.engagementId === 'string' ? row.engagementId : null,
    createdAt: createdAt ?? null,
    firstSeenAt: firstSeenAt ?? 0,
    expiry: { at: expiryAt ?? 0, source: sourceIn(row.expirySource) },
    get summary() {
      summary ??= jsonIn<KeptSummary>(row.summary, isSummary) ?? null;
      return summary;
    },
    get deliveries() {
      return opened().deliveries;
    },
    get dates() {
      return opened().dates ?? jsonIn<NamedDates>(row.dates, areDates);
    },
    get deeds() {
      return trail().deeds;
    },
    get exitAt() {
      return trail().exitAt;
    },
    get forgotten() {
      return trail().forgotten;
    },
    get unreadable() {
      return firstSeenAt === undefined || expiryAt === undefined || opened().unreadable ? true : undefined;
    },
    ...(Number.isInteger(row.factless) && { factless: row.factless as number }),
    ...(typeof row.route === 'string' && { route: row.route }),
    ...(claim && { claim }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(rest && { rest }),
    ...(hidden && { hidden }),
    ...(isExitWord(row.exit) && { exit: row.exit }),
    ...(typeof row.exitWord === 'string' && { exitWord: row.exitWord }),
    ...(doubtSince !== undefined && { doubtSince }),
    ...(closedAt !== undefined && { closedAt }),
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
  const at = instantIn(row.expiryAt);
  return {
    referralId: row.RowKey,
    expiry: { at: at ?? 0, source: sourceIn(row.expirySource) },
    rest: at === undefined ? undefined : restIn(row.restUntil, row.restUnder, row.restListed),
    exit: isExitWord(row.exit) ? row.exit : undefined,
  };
}

export function toText(instant: Instant): string {
  return new Date(instant).toISOString();
}

function instantIn(text: unknown): Instant | undefined {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function sourceIn(word: string): Expiry['source'] {
  return word === 'reported' ? 'reported' : 'estimated';
}

function restIn(untilText: unknown, under: unknown, listedText: unknown): Rest | undefined {
  const until = instantIn(untilText);
  if (until === undefined) return undefined;
  const rest = { until, under: typeof under === 'string' ? under : '' };
  if (typeof listedText !== 'string') return rest;
  return { ...rest, listed: listedText === NONE ? null : (instantIn(listedText) ?? null) };
}

const NONE = 'none';

function listedToText(listed: Instant | null): string {
  return listed === null ? NONE : toText(listed);
}

const EXITS: Readonly<Record<Exit, true>> = {
  accepted: true,
  declined: true,
  won: true,
  lost: true,
  expired: true,
  gone: true,
};

/** A word that we do not know says nothing of how it stands. */
function isExitWord(word: unknown): word is Exit {
  return typeof word === 'string' && Object.hasOwn(EXITS, word);
}

function isSummary(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { asked } = value;
  return asked === undefined || (isObject(asked) && Array.isArray(asked.solutions));
}

function isClaim(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { by, name, at, until } = value;
  return typeof by === 'string' && typeof name === 'string' && Number.isFinite(at) && Number.isFinite(until);
}

function trailIn({ deeds, exitAt, forgotten }: { readonly [K in keyof Trail]?: unknown }): Trail {
  return {
    ...(Array.isArray(deeds) && { deeds: deeds.filter(isDeed) }),
    ...(Number.isFinite(exitAt) && { exitAt: exitAt as Instant }),
    ...(forgotten === true && { forgotten }),
  };
}

function isDeed(value: unknown): value is Deed {
  if (!isObject(value)) return false;
  const { what, at, name, holder } = value;
  const isKnown = what === 'claimed' || what === 'released' || what === 'snoozed';
  return (
    isKnown && Number.isFinite(at) && typeof name === 'string' && (holder === undefined || typeof holder === 'string')
  );
}

function isHiddenNote(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Number.isFinite(value.since) && (value.goneAt === undefined || Number.isFinite(value.goneAt));
}

function areDates(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { listed, whole } = value;
  const isDate = (date: unknown) => date === null || Number.isFinite(date);
  return isDate(listed) && (whole === undefined || isDate(whole));
}

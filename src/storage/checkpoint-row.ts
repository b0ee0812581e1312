import type { Checkpoint, Hidden, KeptSummary, Outline } from '../model/checkpoint.ts';
import type { NamedDates } from '../model/expiry.ts';
import { bareSummary } from '../model/forget.ts';
import type { Claim } from '../model/trail.ts';
import { heldBeside, packAll, type Unpacked, unpackAll } from './kept-deliveries.ts';
import {
  areDates,
  instantIn,
  isClaim,
  isExitWord,
  isHiddenNote,
  isSummary,
  listedToText,
  restIn,
  sourceIn,
  toText,
  trailIn,
} from './row-values.ts';
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
      if (summary === undefined) {
        const kept = jsonIn<KeptSummary>(row.summary, isSummary) ?? null;
        // The edition before may have written down anew what was erased.
        summary = kept && trail().forgotten ? bareSummary(kept) : kept;
      }
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

import { hearingOf } from '../alerts/audiences.ts';
import type { DueBulletin } from '../alerts/bulletins.ts';
import type { Instant } from '../base/instant.ts';
import { type Alert, NOTHING_ELSE } from '../model/alert.ts';
import type { Channel, ReportMessage, SummaryMessage } from '../model/channel.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { NOTHING_KNOWN } from '../model/referral.ts';
import type { Report } from '../model/report.ts';
import type { Run } from './run.ts';

/** What a poll hands to those who tell summaries and reports. */
export interface BulletinRun extends Pick<Run, 'now' | 'saidAt' | 'policy' | 'channels' | 'states'> {
  /** Since when Partner Center could not be read; null when it just was. */
  readonly unconfirmedSince: Instant | null;
}

/** A mail shows a hundred, a card fewer. */
const MOST_ROWS = 100;

/** What waits in one channel; null when nothing did at the time the summary was due. */
export function summaryFor(
  channel: Pick<Channel, 'id'>,
  { period, lateSince }: DueBulletin,
  open: readonly Checkpoint[],
  { policy, now, saidAt, unconfirmedSince }: BulletinRun,
): SummaryMessage | null {
  const hears = (row: Checkpoint) => hearingOf(row, policy, now).channels.some(({ id }) => id === channel.id);
  const own = open.filter(row => !row.exit && hears(row)).toSorted((a, b) => a.expiry.at - b.expiry.at);
  if (!own.some(({ createdAt, firstSeenAt }) => (createdAt ?? firstSeenAt) <= period.to)) return null;
  const rows = own.map(row => alertOf(row, unconfirmedSince, now));
  const claimed = rows.filter(({ claim }) => claim !== null).length;
  return {
    kind: 'summary',
    key: `summary/${period.key}/${channel.id}`,
    now: saidAt,
    total: rows.length,
    unclaimed: claimed === 0 ? null : rows.length - claimed,
    rows: rows.slice(0, MOST_ROWS),
    lateSince,
    mayBeRepeat: false,
  };
}

function alertOf(row: Checkpoint, unconfirmedSince: Instant | null, now: Instant): Alert {
  const { referralId, engagementId, expiry, firstSeenAt, claim, route, summary } = row;
  const { customer = null, country = null, value = null, type = null } = summary ?? {};
  return {
    ...NOTHING_ELSE,
    ...{ kind: 'new', referralId, engagementId, step: null, expiry, firstSeenAt, exit: null, exitWord: null },
    claim: claim && claim.until > now ? claim : null,
    route: route ?? null,
    unconfirmedSince,
    facts: { ...NOTHING_KNOWN, customer, country, value, type },
  };
}

export function reportFor(
  { id }: Pick<Channel, 'id'>,
  { period, lateSince }: DueBulletin,
  report: Report,
  { saidAt }: BulletinRun,
): ReportMessage {
  return { kind: 'report', key: `report/${period.key}/${id}`, now: saidAt, report, lateSince, mayBeRepeat: false };
}

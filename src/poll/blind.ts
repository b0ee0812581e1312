import { DAY, HOUR, type Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { type AlertDraft, NOTHING_ELSE } from '../model/alert.ts';
import {
  type Channel,
  type LastResortMessage,
  type Message,
  MOST_INCIDENTS,
  type OperatorChannel,
  REST_INCIDENT,
} from '../model/channel.ts';
import { NOTHING_KNOWN } from '../model/referral.ts';
import { delivered, type Listener, tellOne } from './last-resort.ts';

type Row = LastResortMessage['rows'][number];

/** What is told again while the tables stay away, or come and go, after so many milliseconds. */
const AGAIN_AFTER = 6 * HOUR;

/** What is dated ahead of now was told by a clock that nobody believes. */
function isLately(at: Instant, now: Instant): boolean {
  return at <= now && now - at < AGAIN_AFTER;
}

/**
 * What a process tells while the tables are down, and what it told: nothing else remembers it. Leads in their last day go
 * to on-call, pager and operator, or to sales where none of these takes them.
 */
export function createBlindWatch(log: Log) {
  /** When each channel was told of each referral. */
  const toldAt = new Map<string, Map<string, Instant>>();
  /** Those whose incident we may have opened, and nobody has written down. */
  const paged = new Map<string, Row>();
  /** Those of them that share one. */
  const sharing = new Map<string, Row>();

  /** One message that names all in their last day, to each that has not been told of one of them lately. */
  async function tellThese(rows: readonly Row[], listeners: readonly Listener[], now: Instant): Promise<boolean> {
    const taken = await Promise.all(
      listeners.map(async listener => {
        const told = toldAt.get(listener.id) ?? new Map<string, Instant>();
        toldAt.set(listener.id, told);
        for (const [id, at] of told) if (!isLately(at, now)) told.delete(id);
        if (rows.every(({ referralId }) => told.has(referralId))) return true;
        if (!(await tellOne(listener, { kind: 'last-resort', why: 'blind', now, rows }, log))) return false;
        for (const { referralId } of rows) told.set(referralId, now);
        return true;
      }),
    );
    return taken.includes(true);
  }

  return {
    async tell(
      pending: readonly Row[],
      channels: readonly Channel[],
      operators: readonly OperatorChannel[],
      now: Instant,
    ): Promise<void> {
      const rows = pending
        // One whose date has passed is listed still: the date was an estimate, or is not to be believed.
        .filter(({ expiry }) => expiry.at - now <= DAY)
        .toSorted((a, b) => a.expiry.at - b.expiry.at);
      if (rows.length === 0) return;
      for (const row of rows) paged.set(row.referralId, row);
      for (const row of rows.slice(MOST_INCIDENTS)) sharing.set(row.referralId, row);
      const onCall = channels.filter(({ audience }) => audience === 'on-call');
      if (await tellThese(rows, [...onCall, ...operators], now)) return;
      await tellThese(
        rows,
        channels.filter(({ audience }) => audience === 'sales'),
        now,
      );
    },

    /**
     * With the tables back: ends the incidents of what is no longer pending. What the pager does not take is ended later, and
     * nobody waits for it longer than for one answer.
     */
    async resolve(
      isPending: (referralId: string) => boolean,
      channels: readonly Channel[],
      now: Instant,
    ): Promise<void> {
      // What is pending is paged anew, and written down.
      for (const id of paged.keys()) if (isPending(id)) paged.delete(id);
      const pagers = channels.filter(({ incidents }) => incidents);
      const end = async (message: Message) => {
        const answers = await Promise.all(pagers.map(pager => delivered(pager, message)));
        // What is rejected for what it holds would be rejected for ever.
        return answers.every(({ state }) => state === 'delivered' || state === 'rejected');
      };
      for (const [id, row] of paged) {
        const alert = { ...ended(row), facts: NOTHING_KNOWN };
        if (!(await end({ kind: 'alert', key: `blind/${id}`, now, alert }))) return;
        paged.delete(id);
      }
      if (sharing.size === 0 || [...sharing.keys()].some(isPending)) return;
      if (await end(endOfRest([...sharing.values()], now))) sharing.clear();
    },
  };
}

function endOfRest(rows: readonly Row[], now: Instant): Message {
  return {
    kind: 'digest',
    key: `blind/${REST_INCIDENT}`,
    incident: REST_INCIDENT,
    now,
    of: { kind: 'gone', step: null },
    total: rows.length,
    rows: rows.map(row => ({ ...ended(row), facts: NOTHING_KNOWN })),
    mayBeRepeat: false,
  };
}

function ended({ referralId, engagementId, expiry }: Row): AlertDraft {
  const unknown = { firstSeenAt: null, exit: null, exitWord: null, claim: null, step: null };
  return { ...NOTHING_ELSE, ...unknown, kind: 'gone', referralId, engagementId, expiry };
}

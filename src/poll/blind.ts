import { lastResortIncidents } from '../alerts/incidents.ts';
import { DAY, HOUR, type Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { type Alert, NOTHING_ELSE } from '../model/alert.ts';
import type { Channel, DigestMessage, LastResortRow, OperatorChannel } from '../model/channel.ts';
import { NOTHING_KNOWN } from '../model/referral.ts';
import { asOutcome } from './deliver.ts';
import { type Listener, tellOne } from './last-resort.ts';

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
  /** The incidents that we may have opened and nobody has written down, each with the leads that it is about, by their ids. */
  const paged = new Map<string, Map<string, LastResortRow>>();

  /** One message that names all in their last day, to each that has not been told of one of them lately. */
  async function tellThese(
    rows: readonly LastResortRow[],
    listeners: readonly Listener[],
    now: Instant,
  ): Promise<boolean> {
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
      pending: readonly Omit<LastResortRow, 'incident'>[],
      channels: readonly Channel[],
      operators: readonly OperatorChannel[],
      now: Instant,
    ): Promise<void> {
      const due = pending
        // One whose date has passed is listed still: the date was an estimate, or is not to be believed.
        .filter(({ expiry }) => expiry.at - now <= DAY)
        .toSorted((a, b) => a.expiry.at - b.expiry.at);
      if (due.length === 0) return;
      const incidents = lastResortIncidents(due.map(({ referralId }) => ({ referralId, incident: null })));
      const rows = due.map(row => ({ ...row, incident: incidents.get(row.referralId) ?? row.referralId }));
      for (const row of rows) {
        const about = paged.get(row.incident) ?? new Map<string, LastResortRow>();
        paged.set(row.incident, about.set(row.referralId, row));
      }
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
      const pagers = channels.filter(({ incidents }) => incidents);
      for (const [incident, about] of paged) {
        if ([...about.keys()].some(isPending)) {
          // What is pending is paged anew under its own key, and written down. What is shared ends with the last of them.
          if (about.has(incident)) paged.delete(incident);
          continue;
        }
        const message = endOf(incident, [...about.values()], now);
        const answers = await Promise.all(pagers.map(pager => asOutcome(() => pager.deliver(message))));
        // What is rejected for what it holds would be rejected for ever.
        if (answers.some(({ state }) => state !== 'delivered' && state !== 'rejected')) return;
        paged.delete(incident);
      }
    },
  };
}

function endOf(incident: string, rows: readonly LastResortRow[], now: Instant): DigestMessage {
  return {
    ...{ kind: 'digest', key: `blind/${incident}`, incident, now, of: { kind: 'gone', step: null } },
    ...{ total: rows.length, rows: rows.map(ended), mayBeRepeat: false },
  };
}

function ended({ referralId, engagementId, expiry }: LastResortRow): Alert {
  const unknown = { firstSeenAt: null, exit: null, exitWord: null, claim: null, step: null, facts: NOTHING_KNOWN };
  return { ...NOTHING_ELSE, ...unknown, kind: 'gone', referralId, engagementId, expiry };
}

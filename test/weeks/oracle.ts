import { HOUR, type Instant } from '../../src/base/instant.ts';
import { alertName } from '../../src/model/alert.ts';
import type { Message, Outcome } from '../../src/model/channel.ts';

/** What a channel made of one message. */
export interface Answered {
  readonly channel: string;
  readonly message: Message;
  readonly outcome: Outcome;
  /** Whether people have it, whatever was answered. */
  readonly there: boolean;
}

interface TrueLead {
  readonly id: string;
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | null;
}

/** Knows the truth of a week and looks on. It shares no rule with the app. */
export function createOracle(leads: readonly TrueLead[]) {
  const faults: string[] = [];
  const figures = { expired: 0, told: 0 };
  const seenPending = new Map<string, number>();
  /** In which channels, by which alerts. */
  const told = new Map<string, Set<string>>();
  const there = new Map<string, string>();
  const doubts = new Map<string, number>();
  const silent = new Set<string>();
  let takenAt = Number.NEGATIVE_INFINITY;

  function isPending({ expiresAt, answeredAt }: TrueLead, now: Instant): boolean {
    return now < expiresAt && (answeredAt === null || now < answeredAt);
  }

  function tell(id: string, key: string): void {
    told.set(id, (told.get(id) ?? new Set()).add(key));
  }

  function onAnswer({ channel, message, outcome, there: arrived }: Answered, now: Instant, isAhead: boolean): void {
    if (outcome.state === 'delivered' || outcome.state === 'accepted') {
      takenAt = now;
      silent.delete(channel);
    }
    for (const { id, name, marked } of toldIn(message)) {
      const key = `${channel} ${id} ${name}`;
      if (outcome.state === 'doubtful') {
        doubts.set(key, (doubts.get(key) ?? 0) + 1);
        if (silent.has(channel) || (doubts.get(key) ?? 0) >= 3) tell(id, key);
        if ((doubts.get(key) ?? 0) >= 3) silent.add(channel);
      }
      if (outcome.state === 'accepted') tell(id, key);
      if (!arrived) continue;
      tell(id, key);
      figures.told += 1;
      if (name === 'last-resort') continue;
      if (there.has(key) && !marked)
        faults.push(`told twice without a mark: ${key}, ${there.get(key)} and ${outcome.state}`);
      // A step that a clock ahead has told too early comes again at its own moment.
      if (!isAhead) there.set(key, outcome.state);
    }
  }

  return {
    faults,
    figures,
    onAnswer,
    /** What a channel had accepted has ended without reaching anybody. */
    onFailure(channel: string, message: Message): void {
      for (const { id, name } of toldIn(message)) told.get(id)?.delete(`${channel} ${id} ${name}`);
    },
    onListed(ids: Iterable<string>): void {
      for (const id of ids) seenPending.set(id, (seenPending.get(id) ?? 0) + 1);
    },
    onClosed(ids: readonly string[], now: Instant): void {
      for (const lead of leads) {
        if (ids.includes(lead.id) && isPending(lead, now)) faults.push(`closed while it is pending: ${lead.id}`);
      }
    },
    /**
     * Called when each lead expires.
     * @param couldTake - whether one channel was well for all of its last hour
     * @param knewTheTime - whether our clock was right for as long as we may have waited by it
     */
    onExpiry({ id, answeredAt, expiresAt }: TrueLead, couldTake: boolean, knewTheTime: boolean): void {
      if (answeredAt !== null && answeredAt < expiresAt) return;
      if ((seenPending.get(id) ?? 0) < 2) return;
      figures.expired += 1;
      if ((told.get(id)?.size ?? 0) > 0 || !knewTheTime || (!couldTake && expiresAt - takenAt > HOUR)) return;
      faults.push(`expired untold: ${id}`);
    },
  };
}

function toldIn(message: Message): { id: string; name: string; marked: boolean }[] {
  switch (message.kind) {
    case 'alert':
      return [
        {
          id: message.alert.referralId,
          name: `${alertName(message.alert)} for ${message.alert.expiry.at}`,
          marked: message.alert.mayBeRepeat,
        },
      ];
    case 'digest':
      return message.rows.map(alert => ({
        id: alert.referralId,
        name: `${alertName(alert)} for ${alert.expiry.at}`,
        marked: message.mayBeRepeat,
      }));
    case 'last-resort':
      return message.rows.map(({ referralId: id }) => ({ id, name: 'last-resort', marked: true }));
    default:
      return [];
  }
}

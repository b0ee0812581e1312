import type { Outcome } from '../model/channel.ts';
import type { TroubleKey } from '../model/trouble-kinds.ts';
import type { Finding } from './troubles.ts';

/** One try on one channel. */
export interface Try {
  readonly channel: string;
  readonly attempts: number;
  readonly outcome: Outcome;
}

/** A channel that failed this often in a row is a trouble, not a hiccup: about 20 minutes. */
const PATIENCE = 4;

/** What a poll's deliveries say about the channels: one trouble a channel, however many alerts met it. */
export function channelFindings(tries: readonly Try[]): Finding[] {
  const byChannel = Map.groupBy(tries, ({ channel }) => channel);
  return [...byChannel].flatMap(([channel, here]): Finding[] => {
    const key = `channel:${channel}` as const;
    const lost = here.find(({ outcome }) => outcome.state === 'refused');
    if (lost)
      return [
        bad(
          key,
          `The channel ${channel} is lost`,
          `${reasonOf(lost)}. Alerts cannot be told there any more. Set the channel up again; what is due next will be told.`,
        ),
      ];
    const refused = here.filter(({ outcome }) => outcome.state === 'rejected');
    if (refused[0])
      return [
        bad(
          key,
          `The channel ${channel} refused ${count(refused.length)}`,
          `${reasonOf(refused[0])}. What it refused is not tried again there. Check the channel, and answer these referrals in Partner Center.`,
        ),
      ];
    if (here.some(({ outcome }) => outcome.state === 'delivered')) return [{ key, ok: true }];
    const stuck = here.find(({ outcome, attempts }) => outcome.state === 'retry' && attempts >= PATIENCE);
    if (stuck)
      return [
        bad(
          key,
          `The channel ${channel} cannot be reached`,
          `${reasonOf(stuck)}. ${count(here.length)} waiting; they are tried again every hour.`,
        ),
      ];
    return [];
  });
}

function bad(key: TroubleKey, title: string, text: string): Finding {
  return { key, ok: false, title, text };
}

function reasonOf({ outcome }: Try): string {
  return 'reason' in outcome ? outcome.reason : outcome.state;
}

function count(alerts: number): string {
  return alerts === 1 ? '1 alert' : `${alerts} alerts`;
}

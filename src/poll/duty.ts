import { wasTold, wouldRepeat } from '../alerts/due.ts';
import type { PlannedMessage } from '../alerts/messages.ts';
import { alertName } from '../model/alert.ts';
import { isExit } from '../model/alert-kinds.ts';
import type { Channel } from '../model/channel.ts';
import type { Delivery } from '../model/checkpoint.ts';
import type { OnDuty } from '../model/shift.ts';
import type { Ledger } from './ledger.ts';

/** Who is on shift, and how those are found again who were. */
export interface Duty {
  /** Now; empty when nobody is, or nobody knows. */
  readonly onDuty: readonly OnDuty[];
  /** Who has the mail when nobody is on shift. */
  readonly fallback: readonly string[];
  /** A name for an address that may be kept with a delivery: it tells none. */
  nameOf(address: string): string;
  /** The addresses behind such names, as far as they are still known. */
  addressesOf(names: readonly string[]): readonly string[];
}

/** Recipients in place of a channel's own, and the names that are kept of them. */
export interface Recipients {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/**
 * Who of on-call gets a message: those on shift now; of an exit, and of what may have arrived, those who were told. Null for
 * all that the channel has.
 */
export function recipientsOf(
  { alerts }: PlannedMessage,
  channel: Channel | undefined,
  duty: Duty | null,
  rows: Ledger['rows'],
): Recipients | null {
  if (!duty || !channel?.followsShifts) return null;
  const now = duty.onDuty.length > 0 ? duty.onDuty.map(({ address }) => address) : duty.fallback;
  const had = ({ to }: Delivery) => (to ? duty.addressesOf(to) : duty.fallback);
  const wanted = alerts.flatMap(({ draft }) => {
    const here = rows.get(draft.referralId)?.deliveries.filter(delivery => delivery.channel === channel.id) ?? [];
    if (isExit(draft)) return here.filter(wasTold).flatMap(had);
    const earlier = here.find(({ alert }) => alert === alertName(draft));
    return earlier && (wouldRepeat(earlier) || earlier.again) ? had(earlier) : now;
  });
  const addresses = [...new Set(wanted.length > 0 ? wanted : duty.fallback)];
  const isOwn = addresses.length === duty.fallback.length && addresses.every(one => duty.fallback.includes(one));
  return isOwn ? null : { addresses, names: addresses.map(duty.nameOf) };
}

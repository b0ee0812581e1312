import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { NamedDates } from '../model/expiry.ts';
import { type PackedDelivery, pack, unpack } from './packed-delivery.ts';
import { areDates, type Trail, trailIn } from './row-values.ts';
import { isObject, jsonIn } from './text-columns.ts';

/**
 * The first delivery holds what Partner Center named and the trail as well: the code before keeps what it does not know inside
 * deliveries, and drops columns that it does not know.
 */
type Holder = { readonly dates?: NamedDates; readonly trail?: Trail };

export function heldBeside(checkpoint: Checkpoint): Holder {
  const { dates, deeds, exitAt, forgotten } = checkpoint;
  const trail = {
    ...(deeds?.length && { deeds }),
    ...(exitAt !== undefined && { exitAt }),
    ...(forgotten && { forgotten }),
  };
  return { ...(dates && { dates }), ...(Object.keys(trail).length > 0 && { trail }) };
}

export function packAll(deliveries: readonly Delivery[], held: Holder): PackedDelivery[] {
  const [first, ...others] = deliveries.map(pack);
  if (!first) return [];
  if (Object.keys(held).length === 0) return [first, ...others];
  const [alert, channel, state, attempts, at, more] = first;
  return [[alert, channel, state, attempts, at, { ...more, ...held } as PackedDelivery[5] & Holder], ...others];
}

export interface Unpacked extends Pick<Checkpoint, 'dates'> {
  readonly trail?: Trail;
  readonly deliveries: readonly Delivery[];
  /** It is not what was written: nobody knows what was told. */
  readonly unreadable: boolean;
}

export function unpackAll(text: string | undefined): Unpacked {
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

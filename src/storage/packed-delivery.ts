import type { Delivery, DeliveryState } from '../model/checkpoint.ts';

/**
 * A delivery as kept: positions instead of names, for most of a row is deliveries. The edition before takes every state but
 * `retry` and `sending` for settled, so what is still to be told stands as `retry` and what is told by doubt as `delivered`,
 * each with its own word beside it; it carries along what it does not know.
 */
export type PackedDelivery = [
  alert: string,
  channel: string,
  state: string,
  attempts: number,
  at: number,
  more?: Omit<Delivery, 'alert' | 'channel' | 'state' | 'attempts' | 'at'> & { readonly is?: DeliveryState },
];

/** The word that the edition before knows. */
function knownWord({ state, byDoubt }: Delivery): DeliveryState {
  if (byDoubt) return 'delivered';
  return state === 'refused' || state === 'doubtful' || state === 'rejected' ? 'retry' : state;
}

export function pack(delivery: Delivery): PackedDelivery {
  const { alert, channel, state, attempts, at, ...more } = delivery;
  const word = knownWord(delivery);
  const beside = word === state ? more : { ...more, is: state };
  const packed: PackedDelivery = [alert, channel, word, attempts, at];
  if (Object.keys(beside).length > 0) packed.push(beside);
  return packed;
}

export function unpack([alert, channel, word, attempts, at, more]: PackedDelivery): Delivery {
  const { is, ...rest } = more ?? {};
  const state = is ?? word;
  if (isState(state)) return { alert, channel, state, attempts, at, ...rest };
  // A word that we do not know says nothing: it is still to be told, and may have been.
  return { alert, channel, state: 'retry', attempts, at, ...rest, repeat: true };
}

const STATES = {
  sending: true,
  delivered: true,
  accepted: true,
  retry: true,
  doubtful: true,
  rejected: true,
  refused: true,
} as const satisfies Record<DeliveryState, true>;

function isState(word: string): word is DeliveryState {
  return Object.hasOwn(STATES, word);
}

import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Delivery } from './checkpoint.ts';

/** A delivery that its channel has named. */
type Named = Delivery & { readonly reference: string };

/** What a channel was told of a referral by itself and has a name for, oldest first. */
export function ownMessages({ deliveries }: Pick<Checkpoint, 'deliveries'>, channel: string): Named[] {
  return deliveries
    .filter((one): one is Named => one.channel === channel && one.reference !== undefined && isOwnMessage(one))
    .toSorted((a, b) => a.at - b.at);
}

/** The delivery that holds the card which a channel shows of a referral: the newest that told it by itself. */
export function cardOf(checkpoint: Pick<Checkpoint, 'deliveries'>, channel: string): Named | undefined {
  return ownMessages(checkpoint, channel).at(-1);
}

/** The checkpoint with another card in a channel, or another moment at which it has to be edited; null: it is as it should be. */
export function withCard(
  checkpoint: Checkpoint,
  channel: string,
  { reference, editAt }: { readonly reference?: string | undefined; readonly editAt: Instant | null },
): Checkpoint {
  const card = cardOf(checkpoint, channel);
  if (!card) return checkpoint;
  const { editAt: _old, ...shown } = card;
  const edited: Delivery = {
    ...shown,
    ...(reference !== undefined && { reference }),
    ...(editAt !== null && { editAt }),
  };
  return { ...checkpoint, deliveries: checkpoint.deliveries.map(delivery => (delivery === card ? edited : delivery)) };
}

/** The checkpoint whose cards in these channels say less than is known. */
export function withCardsBehind(checkpoint: Checkpoint, channels: Iterable<string>, editAt: Instant): Checkpoint {
  let marked = checkpoint;
  for (const channel of channels) marked = withCard(marked, channel, { editAt });
  return marked;
}

/** When the card of a channel has to be edited; undefined when it says what is known. */
export function editAtOf(checkpoint: Pick<Checkpoint, 'deliveries'>, channel: string): Instant | undefined {
  return cardOf(checkpoint, channel)?.editAt;
}

/** Whether a delivery had a message of its own, and shared none with others. */
function isOwnMessage({ digest, named, storm }: Pick<Delivery, 'digest' | 'named' | 'storm'>): boolean {
  return !digest && !named && storm === undefined;
}

import { exitKind } from '../model/alert-kinds.ts';
import type { Checkpoint, Delivery } from '../model/checkpoint.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { hasHeard } from './heard.ts';

/** What has happened to a referral, in order. As long as its deliveries and deeds, which are bounded where they are kept. */
export function timelineOf(checkpoint: Checkpoint): readonly TimelineEntry[] {
  const { firstSeenAt, deliveries, deeds = [], exit, exitAt, closedAt } = checkpoint;
  const endedAt = exitAt ?? closedAt;
  const entries: TimelineEntry[] = [
    { at: firstSeenAt, what: 'first seen' },
    ...deliveries.filter(hasHeard).map(toldEntry),
    ...deeds.map(({ at, what, name }) => ({ at, what, ...(name !== '' && { who: name }) })),
    ...(exit && endedAt !== undefined ? [{ at: endedAt, what: exitKind(exit) }] : []),
  ];
  return entries.toSorted((a, b) => a.at - b.at);
}

function toldEntry({ alert, channel, at }: Delivery): TimelineEntry {
  return { at, what: alert === 'new' ? 'told' : 'escalated', who: channel };
}

import type { Instant } from '../base/instant.ts';
import type { OnDuty, Shift } from '../model/shift.ts';

/** A stretch without anybody on call. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}

/** Everybody on call at an instant; whoever is in several shifts then, until the last of them ends. */
export function onCallAt(shifts: readonly Shift[], at: Instant): readonly OnDuty[] {
  const onDuty = new Map<string, OnDuty>();
  for (const { from, to, people } of shifts) {
    if (from > at || to <= at) continue;
    for (const person of people) {
      const key = person.address.toLowerCase();
      const known = onDuty.get(key);
      onDuty.set(key, { ...person, name: known?.name ?? person.name, until: Math.max(known?.until ?? to, to) });
    }
  }
  return [...onDuty.values()];
}

/** The stretches between two instants in which nobody is on call, in order. */
export function gapsWithin(shifts: readonly Shift[], from: Instant, to: Instant): readonly Gap[] {
  const gaps: Gap[] = [];
  let covered = from;
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (covered >= to) break;
    if (shift.from > covered) gaps.push({ from: covered, to: Math.min(shift.from, to) });
    covered = Math.max(covered, shift.to);
  }
  if (covered < to) gaps.push({ from: covered, to });
  return gaps;
}

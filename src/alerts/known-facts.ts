import type { Checkpoint } from '../model/checkpoint.ts';
import { asksForFacts, routingFacts } from './audiences.ts';
import type { Policy } from './policy.ts';
import { POLLS_WITHOUT_FACTS, type Route } from './routes.ts';
import type { Sightings } from './sightings.ts';

/** With what a reading of this poll says of it. */
export function withFacts(known: Checkpoint, { facts }: Sightings): Checkpoint {
  const read = facts?.get(known.referralId);
  if (!read || known.forgotten) return known;
  const isSame = known.engagementId === read.engagementId && isDeepEqual(known.summary, read.summary);
  if (isSame && known.factless === undefined) return known;
  const { factless: _count, rest: _rest, ...open } = known;
  return { ...open, ...read };
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether nobody has read what the rules ask about. */
export function isFactless(known: Checkpoint, { rules }: Policy): boolean {
  return !known.forgotten && asksForFacts(rules) && routingFacts(known) === null;
}

/** With one more poll in which nobody could read what the rules ask about, as long as that matters. */
export function counting(known: Checkpoint, policy: Policy): Checkpoint {
  const { factless = 0 } = known;
  return isFactless(known, policy) && factless < POLLS_WITHOUT_FACTS ? { ...known, factless: factless + 1 } : known;
}

/** With the names of the rules that take it. */
export function routed(known: Checkpoint, { name: taking }: Route): Checkpoint {
  const name = taking ?? undefined;
  if (known.route === name) return known;
  const { route: _before, ...other } = known;
  return name === undefined ? other : { ...other, route: name };
}

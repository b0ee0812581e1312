import type { Instant } from '../base/instant.ts';
import { type Checkpoint, type Delivery, LAST_RESORT } from '../model/checkpoint.ts';
import type { RoutingFacts } from '../model/rule.ts';
import { isFreshReservation, wasTold } from './due.ts';
import type { Audience, Policy } from './policy.ts';
import { mayWaitForFacts, type Reach, type Route, type Rules, routeAsKept, routeOf, unbound } from './routes.ts';
import { dueStep } from './steps.ts';

/** Where one referral goes, and the channels that this makes its own. */
export interface Hearing {
  /** Null while its facts may still come. */
  readonly route: Route | null;
  readonly channels: readonly Audience[];
}

/** The name that rules know a channel by. */
function ruleName({ id, routedAs }: Audience): string {
  return routedAs ?? id;
}

/** Who hears of a referral under the policy. */
export function hearingOf(checkpoint: Checkpoint, policy: Policy, now: Instant): Hearing {
  const { channels, rules } = policy;
  const facts = routingFacts(checkpoint);
  const toldIn = checkpoint.deliveries.filter(wasTold).map(({ channel }) => channel);
  const told = channels.filter(({ id }) => toldIn.includes(id)).map(ruleName);
  const reach = reachOf(channels);
  const waits = facts === null && asksForFacts(rules) && waitsForFacts(checkpoint, policy, now);
  const route =
    checkpoint.forgotten && rules !== 'unreadable'
      ? routeAsKept(checkpoint.route ?? null, rules, reach)
      : routeOf({ facts, waits, toldIn: told }, rules, reach);
  if (!route) return { route, channels: [] };
  const hears = (channel: Audience) =>
    (channel.audience === 'sales' ? route.channels : route.onCall).includes(ruleName(channel));
  return { route, channels: channels.filter(hears) };
}

/** The channels of the last rule: whoever is left when the own ones fail; all of sales without rules. */
export function catchAllOf({ rules, channels }: Policy): ReadonlySet<string> {
  const sales = channels.filter(({ audience }) => audience === 'sales');
  const route = routeOf({ facts: NO_FACTS, waits: false, toldIn: [] }, lastOf(rules), reachOf(channels));
  return new Set(sales.filter(channel => route?.channels.includes(ruleName(channel))).map(({ id }) => id));
}

/** The channels that rules name and that nobody has bound. */
export function unboundIn({ rules, channels }: Policy) {
  return unbound(rules, reachOf(channels));
}

/** Whether any rule must know what a referral is about. */
export function asksForFacts(rules: Rules): boolean {
  return rules !== null && rules !== 'unreadable' && rules.some(({ when }) => when);
}

/** What rules ask about, once the referral was read whole; else null. */
export function routingFacts({ summary }: Pick<Checkpoint, 'summary'>): RoutingFacts | null {
  if (!summary?.asked) return null;
  const { country, type, value, asked } = summary;
  return { country, type, value, ...asked };
}

/**
 * A checkpoint without what never reached channels that are no longer its own: nothing more is sent there. What may have
 * arrived stays as told by doubt.
 */
export function withoutStrays(checkpoint: Checkpoint, own: readonly Audience[], now: Instant): Checkpoint {
  const { expiry, deliveries } = checkpoint;
  const isStray = (delivery: Delivery) =>
    delivery.state !== 'delivered' &&
    delivery.state !== 'accepted' &&
    !delivery.byDoubt &&
    delivery.channel !== LAST_RESORT &&
    !own.some(({ id }) => id === delivery.channel) &&
    !isFreshReservation(delivery, expiry.at, now);
  if (!deliveries.some(isStray)) return checkpoint;
  const { rest: _rest, ...open } = checkpoint;
  const kept = deliveries.flatMap((delivery): Delivery[] => {
    if (!isStray(delivery)) return [delivery];
    return wasTold(delivery) ? [{ ...delivery, state: 'doubtful', byDoubt: true }] : [];
  });
  return { ...open, deliveries: kept };
}

const NO_FACTS: RoutingFacts = { country: null, type: null, value: null, solutions: [], qualification: null };

function lastOf(rules: Rules): Rules {
  return rules === null || rules === 'unreadable' ? rules : rules.slice(-1);
}

function reachOf(channels: readonly Audience[]): Reach {
  const sales = channels.filter(({ audience }) => audience === 'sales');
  const onCall = channels.filter(({ audience }) => audience === 'on-call');
  return {
    sales: [...new Set(sales.map(ruleName))],
    onCall: onCall.map(ruleName),
    works: name => sales.some(channel => ruleName(channel) === name && channel.failing !== true),
  };
}

function waitsForFacts(checkpoint: Checkpoint, policy: Policy, now: Instant): boolean {
  const { factless: polls = 0, firstSeenAt, expiry } = checkpoint;
  const inStep = dueStep(checkpoint, { audience: 'sales' }, policy, now) !== null;
  return mayWaitForFacts({ polls, firstSeenAt, expiryAt: expiry.at, inStep }, now);
}

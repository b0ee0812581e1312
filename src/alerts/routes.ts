import { type Instant, MINUTE } from '../base/instant.ts';
import { type RoutingFacts, type Rule, rulesIn } from '../model/rule.ts';
import { type Match, match } from './rule-match.ts';

/** The rules in force; null when everything goes everywhere, `unreadable` when nobody knows what they say. */
export type Rules = readonly Rule[] | 'unreadable' | null;

/** The channels there are, under the names that rules use: bound conversations as `bot` and `bot:<name>`. */
export interface Reach {
  readonly sales: readonly string[];
  readonly onCall: readonly string[];
  /** False for one that has been refusing for an hour. */
  works(channel: string): boolean;
}

/** What is known of a referral that is to be routed. */
export interface Routable {
  /** Null when it was never read whole. */
  readonly facts: RoutingFacts | null;
  /** Whether its facts may still come: see `mayWaitForFacts`. */
  readonly waits: boolean;
  /** Sales channels that have been told of it, under the names that rules use. */
  readonly toldIn: readonly string[];
}

/** Where one referral goes. */
export interface Route {
  /** Names of the rules that take it; none without rules. */
  readonly rules: readonly string[];
  /** For footers and the detail: `A + B`; null without rules. */
  readonly name: string | null;
  /** Sales channels, by the names of the rules, also those that do not work now. */
  readonly channels: readonly string[];
  readonly onCall: readonly string[];
  /** Each rule that was read, and why it takes the referral or does not. */
  readonly why: readonly RuleWhy[];
  /** Said on the card: its facts could not be read, so the catch-all has it for now. */
  readonly factsUnknown: boolean;
  /** None of its own channels works, so the catch-all's hear it meanwhile. */
  readonly diverted: boolean;
}

export interface RuleWhy extends Match {
  readonly rule: string;
}

/** Decides who hears of a referral. Null while its facts are unknown and may still come. */
export function routeOf(referral: Routable, rules: Rules, reach: Reach): Route | null {
  if (rules === 'unreadable') {
    const told = referral.toldIn.filter(channel => reach.sales.includes(channel));
    return plain(told.length > 0 ? told : withoutName(reach), reach);
  }
  const catchAll = rules?.at(-1);
  if (!rules || !catchAll) return plain(withoutRules(reach), reach);
  if (!referral.facts && rules.some(({ when }) => when)) {
    if (referral.waits) return null;
    const why = [{ rule: catchAll.name, fits: true, because: ['what the rules ask about could not be read'] }];
    return { ...routed([catchAll], why, catchAll, reach), factsUnknown: true };
  }
  const taking: Rule[] = [];
  const why: RuleWhy[] = [];
  for (const rule of rules) {
    const found = match(rule, referral.facts ?? NOTHING);
    why.push({ rule: rule.name, ...found });
    if (found.fits) taking.push(rule);
    if (found.fits && !rule.continues) break;
  }
  return routed(taking, why, catchAll, reach);
}

/** Where a referral goes of which only the rules are kept that took it: to those of them that there still are, else to the last. */
export function routeAsKept(name: string | null, rules: Exclude<Rules, 'unreadable'>, reach: Reach): Route {
  const catchAll = rules?.at(-1);
  if (!rules || !catchAll) return plain(withoutRules(reach), reach);
  const all = rules.map(rule => rule.name);
  const names = name === null ? [] : rulesIn(name, all);
  const still = rules.filter(rule => names.includes(rule.name));
  const taking = still.length > 0 ? still : [catchAll];
  const because = ['it took it before what it is about was forgotten'];
  const why = taking.map(rule => ({ rule: rule.name, fits: true, because }));
  return routed(taking, why, catchAll, reach);
}

/** So many polls wait at most for what rules ask about. */
export const POLLS_WITHOUT_FACTS = 4;

/**
 * Whether a referral whose facts could not be read waits for them: until its fourth poll or for 30 minutes, but never
 * longer than a quarter of its time, and not at all within its steps.
 * @param polls - in which it was seen without its facts, this one included
 */
export function mayWaitForFacts(
  seen: { readonly polls: number; readonly firstSeenAt: Instant; readonly expiryAt: Instant; readonly inStep: boolean },
  now: Instant,
): boolean {
  const quarter = Math.max(3 * MINUTE, (seen.expiryAt - seen.firstSeenAt) / 4);
  return !seen.inStep && seen.polls < POLLS_WITHOUT_FACTS && now - seen.firstSeenAt < Math.min(30 * MINUTE, quarter);
}

/** The channels that the rules name and that are not there: `bot:<name>` that nobody has bound. */
export function unbound(rules: Rules, { sales }: Pick<Reach, 'sales'>): { rule: string; channel: string }[] {
  if (rules === null || rules === 'unreadable') return [];
  return rules.flatMap(({ name: rule, channels }) =>
    channels.filter(channel => !sales.includes(channel)).map(channel => ({ rule, channel })),
  );
}

const NOTHING: RoutingFacts = { country: null, type: null, solutions: [], qualification: null, value: null };

function plain(channels: readonly string[], { onCall }: Reach): Route {
  return { rules: [], name: null, channels, onCall, why: [], factsUnknown: false, diverted: false };
}

function routed(taking: readonly Rule[], why: readonly RuleWhy[], catchAll: Rule, reach: Reach): Route {
  const own = distinct(taking.flatMap(({ channels }) => channels));
  const works = (channel: string) => reach.sales.includes(channel) && reach.works(channel);
  const diverted = !own.some(works);
  const isThere = (channel: string) => reach.sales.includes(channel);
  const spare = catchAll.channels.some(isThere) ? catchAll.channels : withoutName(reach);
  const names = taking.map(({ name }) => name);
  return {
    rules: names,
    name: names.join(' + '),
    channels: diverted ? distinct([...own, ...spare]) : own,
    onCall: onCallOf(taking, reach),
    why,
    factsUnknown: false,
    diverted,
  };
}

/** Everybody whom a taking rule names; all of on-call as soon as one names nobody. */
function onCallOf(taking: readonly Rule[], { onCall }: Reach): readonly string[] {
  const named = taking.flatMap(rule => rule.onCall).filter(channel => onCall.includes(channel));
  return named.length === 0 || taking.some(rule => rule.onCall.length === 0) ? onCall : distinct(named);
}

/** `teams`, `email` and every bound conversation; all when there is none of them. */
function withoutRules({ sales }: Reach): readonly string[] {
  return orAll(sales, channel => !/^(teams|email):/.test(channel));
}

/** `teams`, `email` and `bot`; all when there is none of them. */
function withoutName({ sales }: Reach): readonly string[] {
  return orAll(sales, channel => !channel.includes(':'));
}

function orAll(channels: readonly string[], fits: (channel: string) => boolean): readonly string[] {
  const fitting = channels.filter(fits);
  return fitting.length > 0 ? fitting : channels;
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

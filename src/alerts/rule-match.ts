import type { Money } from '../model/referral.ts';
import type { RoutingFacts, Rule, RuleConditions } from '../model/rule.ts';

/** Whether a rule fits a referral, and why: each condition that held, or the first that did not. */
export interface Match {
  readonly fits: boolean;
  readonly because: readonly string[];
}

interface Check {
  readonly holds: boolean;
  readonly sentence: string;
}

export function match({ when }: Rule, facts: RoutingFacts): Match {
  if (!when) return { fits: true, because: ['takes everything'] };
  const checks = checksOf(when, facts);
  const failed = checks.find(({ holds }) => !holds);
  if (failed) return { fits: false, because: [failed.sentence] };
  return { fits: true, because: checks.map(({ sentence }) => sentence) };
}

function checksOf({ country, type, solution, qualification, value }: RuleConditions, facts: RoutingFacts): Check[] {
  return [
    ...(country ? [oneOf('country', facts.country && presentCode(facts.country), country)] : []),
    ...(type ? [oneOf('type', typeWord(facts.type), type)] : []),
    ...(solution ? [solutionCheck(facts.solutions, solution)] : []),
    ...(qualification ? [oneOf('qualification', facts.qualification, qualification)] : []),
    ...(value ? [valueCheck(facts.value, value)] : []),
  ];
}

function oneOf(what: string, fact: string | null, wanted: readonly string[]): Check {
  const list = wanted.join(', ');
  if (fact === null) return { holds: false, sentence: `${what} is not known` };
  const holds = wanted.some(word => word.toLowerCase() === fact.toLowerCase());
  const words = holds ? ['is', 'is one of'] : ['is not', 'is none of'];
  if (wanted.length > 1) return { holds, sentence: `${what} ${clip(fact)} ${words[1]} ${list}` };
  return { holds, sentence: holds ? `${what} is ${list}` : `${what} ${clip(fact)} is not ${list}` };
}

function typeWord(type: string | null): string | null {
  const word = type?.toLowerCase();
  return word === 'independent' ? 'lead' : word === 'shared' ? 'co-sell' : type;
}

/** Codes that have changed count under either name: `UK` is `GB`. */
function presentCode(country: string): string {
  return /^[a-z]{2}$/i.test(country) ? (new Intl.Locale(`und-${country}`).region ?? country) : country;
}

function solutionCheck(asked: readonly string[], parts: readonly string[]): Check {
  for (const part of parts) {
    const found = asked.find(name => holds(name, part));
    if (found !== undefined) return { holds: true, sentence: `solution "${clip(found)}" has "${part}" in it` };
  }
  const list = parts.map(part => `"${part}"`).join(' or ');
  const sentence = asked.length === 0 ? 'no solution is named' : `no solution named has ${list} in it`;
  return { holds: false, sentence };
}

/** A code such as `Dynamics365` is shown as words and meant as either. */
function holds(name: string, part: string): boolean {
  const [whole, piece] = [name.toLowerCase(), part.toLowerCase()];
  return whole.includes(piece) || whole.replace(/\s+/g, '').includes(piece.replace(/\s+/g, ''));
}

function valueCheck(value: Money | null, { atLeast, currency }: NonNullable<RuleConditions['value']>): Check {
  if (!value) return { holds: false, sentence: 'no value is named' };
  const shown = [value.currency, value.amount].filter(part => part !== null).join(' ');
  if (currency !== null && value.currency?.toUpperCase() !== currency) {
    return { holds: false, sentence: `value ${clip(shown)} is not in ${currency}` };
  }
  const isEnough = value.amount >= atLeast;
  const least = currency === null ? atLeast : `${currency} ${atLeast}`;
  return { holds: isEnough, sentence: `value ${clip(shown)} is ${isEnough ? 'at least' : 'less than'} ${least}` };
}

/** What a customer wrote is shown, but never at any length. */
function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

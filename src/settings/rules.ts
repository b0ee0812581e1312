import type { Rule } from '../model/rule.ts';
import { type ChannelsSet, readChannels, readOnCall } from './rule-channels.ts';
import { readConditions } from './rule-conditions.ts';
import { asRecord, type Fault, refuseUnknown } from './rule-words.ts';
import { readJson } from './rules-json.ts';
import { swallows } from './swallowed.ts';

export interface RulesReading {
  /** In force, the catch-all last; null when they cannot be read. */
  readonly rules: readonly Rule[] | null;
  /** Sentences that go on after "ALERT_ROUTES"; some leave rules in force. */
  readonly problems: readonly string[];
}

const KEYS = ['name', 'when', 'channels', 'onCall', 'continue'];
const EXAMPLE_RULE = '{ "name": "everything else", "channels": ["teams"] }';

/** A rule as far as it could be read; what is not sound says nothing about others. */
interface ReadRule {
  readonly rule: Rule;
  readonly sound: boolean;
}

/** Reads the rules, and says everything that is wrong with them at once. */
export function readRules(text: string, set: ChannelsSet): RulesReading {
  const json = readJson(text);
  if ('problem' in json) return { rules: null, problems: [json.problem] };
  const items = json.value;
  if (!Array.isArray(items) || items.length === 0) {
    return { rules: null, problems: [`must be a list of rules, such as [ ${EXAMPLE_RULE} ]`] };
  }
  const problems: string[] = [];
  let readable = true;
  const fault = (message: string) => {
    readable = false;
    problems.push(message);
  };
  const say = (message: string) => problems.push(message);
  const read = items.map((item, index) => readRule(item, index, set, fault, say));
  for (const name of repeated(read.map(({ rule }) => rule.name))) {
    fault(`has more than one rule "${name}": give each a name of its own`);
  }
  const reached = withoutSwallowed(read, say);
  const last = reached.at(-1);
  if (last?.when) {
    fault(
      `ends with rule "${last.name}", which has a "when", so that leads fall through: add ${EXAMPLE_RULE} as the last`,
    );
  }
  return { rules: readable ? reached : null, problems: [...new Set(problems)] };
}

function readRule(item: unknown, index: number, set: ChannelsSet, fault: Fault, leftOut: Fault): ReadRule {
  const record = asRecord(item);
  const given = typeof record?.name === 'string' ? record.name.trim() : '';
  const title = given ? `rule "${given}"` : `rule ${index + 1}`;
  let sound = true;
  const wrong: Fault = message => {
    sound = false;
    fault(`${title} ${message}`);
  };
  const notSet: Fault = message => leftOut(`${title} ${message}`);
  const name = given || String(index + 1);
  if (!record) {
    wrong(`is no rule: write it as ${EXAMPLE_RULE}`);
    return { rule: { name, when: null, channels: [], onCall: [], continues: false }, sound };
  }
  if (!given) wrong('has no name: give it one of its own');
  refuseUnknown(record, '', KEYS, wrong);
  const continues = record.continue ?? false;
  if (typeof continues !== 'boolean') wrong('has a "continue" that is neither true nor false');
  const rule = {
    name,
    when: (record.when ?? null) === null ? null : readConditions(record.when, wrong),
    channels: readChannels(record.channels, set, wrong, notSet),
    onCall: readOnCall(record.onCall, set, wrong, notSet),
    continues: continues === true,
  };
  return { rule, sound };
}

function repeated(names: readonly string[]): Set<string> {
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

function withoutSwallowed(read: readonly ReadRule[], leftOut: Fault): readonly Rule[] {
  const reached = read.filter(({ rule, sound }, index) => {
    const before = read.slice(0, index).find(earlier => earlier.sound && sound && swallows(earlier.rule, rule));
    if (!before) return true;
    const cure = 'put it first, narrow the other, or take it out';
    leftOut(`rule "${rule.name}" is never reached, for rule "${before.rule.name}" takes all that fits it: ${cure}`);
    return false;
  });
  return reached.map(({ rule }) => rule);
}

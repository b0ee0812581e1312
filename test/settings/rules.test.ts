import { describe, expect, it } from 'vitest';
import { readRules } from '../../src/settings/rules.ts';

const SET = {
  sales: ['teams', 'email', 'bot', 'teams:nordics', 'email:nordics', 'teams:dach-west'],
  onCall: ['oncall-teams', 'pager'],
};
const REST = { name: 'everything else', channels: ['teams', 'email', 'bot'] };
const read = (...rules: unknown[]) => readRules(JSON.stringify(rules), SET);
const problems = (...rules: unknown[]) => read(...rules).problems;

it('reads the example of the documentation', () => {
  const when = {
    country: ['SE', 'NO', 'DK', 'FI'],
    type: 'co-sell',
    solution: ['Dynamics'],
    qualification: ['SalesQualified'],
    value: { atLeast: 50000, currency: 'EUR' },
  };
  const nordics = { name: 'Nordics', when, channels: ['teams:nordics', 'email:nordics'], onCall: ['oncall-teams'] };
  expect(read(nordics, REST)).toEqual({
    problems: [],
    rules: [
      { ...nordics, when: { ...when, type: ['co-sell'] }, continues: false },
      { ...REST, when: null, onCall: [], continues: false },
    ],
  });
});

it('takes any case, single values, and codes of old', () => {
  const when = { country: 'uk', type: 'Lead', qualification: 'DIRECT', value: { atLeast: 1, currency: 'eur' } };
  const { rules } = read(
    {
      name: ' B ',
      when,
      channels: 'Teams:DACH_West',
      onCall: 'Pager',
      continue: true,
    },
    REST,
  );
  expect(rules?.[0]).toEqual({
    name: 'B',
    when: { country: ['GB'], type: ['lead'], qualification: ['Direct'], value: { atLeast: 1, currency: 'EUR' } },
    channels: ['teams:dach-west'],
    onCall: ['pager'],
    continues: true,
  });
});

it('takes a bot conversation by any name, for binding comes later', () => {
  expect(read({ ...REST, channels: ['bot:Nordic sales', 'teams'] }).rules?.[0]?.channels).toEqual([
    'bot:nordic sales',
    'teams',
  ]);
});

describe('cannot be read', () => {
  it.each<[string, string]>([
    ['[\n  { "name": "a" "channels": [] }\n]', 'is no JSON: line 2, column 17: a comma is missing'],
    [
      '[{ "name": "a", "channels": ["teams"] },]',
      'is no JSON: line 1, column 41: a value is missing, or there is a comma too many',
    ],
    ['[{ name: "a" }]', 'is no JSON: line 1, column 4: a word without quotes, or quotes that are not straight'],
    ['[{ “name”: "a" }]', 'is no JSON: line 1, column 4: a word without quotes, or quotes that are not straight'],
    ['['.repeat(30_000), 'is no JSON'],
    ['[\r\n\r\n{ "name": "a }]', 'is no JSON: line 3, column 11: a closing quote is missing'],
    ['// rules\n[]', 'is no JSON: line 1, column 1: JSON has no comments'],
    ['[{ "name": "a", "channels": ["teams"] }', 'is no JSON: line 1, column 40: a ] is missing'],
    ['[] []', 'is no JSON: line 1, column 4: there is more after the end of the list'],
    ['nordics', 'is no JSON: line 1, column 1: a word without quotes, or quotes that are not straight'],
    ['{"name":"a"}', 'must be a list of rules, such as [ { "name": "everything else", "channels": ["teams"] } ]'],
    ['[]', 'must be a list of rules, such as [ { "name": "everything else", "channels": ["teams"] } ]'],
  ])('%j', (text, problem) => {
    expect(readRules(text, SET)).toEqual({ rules: null, problems: [problem] });
  });

  it.each<[string, unknown[], string]>([
    [
      'no object',
      ['teams', REST],
      'rule 1 is no rule: write it as { "name": "everything else", "channels": ["teams"] }',
    ],
    ['no name', [{ ...REST, name: ' ' }], 'rule 1 has no name: give it one of its own'],
    [
      'a name twice',
      [{ ...REST, continue: true }, REST],
      'has more than one rule "everything else": give each a name of its own',
    ],
    ['no channels', [{ name: 'a', channels: [] }], 'rule "a" has no channels: name at least one, such as "teams"'],
    ['no channels at all', [{ name: 'a' }], 'rule "a" has no channels: name at least one, such as "teams"'],
    [
      'an unknown key',
      [{ ...REST, chanels: [] }],
      'rule "everything else" has "chanels", which no rule has; did you mean "channels"?',
    ],
    [
      'an unknown condition',
      [{ name: 'a', when: { contry: 'SE' }, channels: 'teams' }, REST],
      'rule "a" has "contry" in its "when", which no rule has; did you mean "country"?',
    ],
    [
      'an empty when',
      [{ name: 'a', when: {}, channels: 'teams' }, REST],
      'rule "a" has a "when" without a condition: give it one, such as { "country": "SE" }',
    ],
    [
      'a when that is text',
      [{ name: 'a', when: 'SE', channels: 'teams' }, REST],
      'rule "a" has a "when" without a condition: give it one, such as { "country": "SE" }',
    ],
    [
      'an empty list',
      [{ name: 'a', when: { country: [] }, channels: 'teams' }, REST],
      'rule "a" has no country in the list of its "country": name at least one',
    ],
    [
      'a country by name',
      [{ name: 'a', when: { country: 'Sweden' }, channels: 'teams' }, REST],
      'rule "a" names the country "Sweden": write its code, such as "SE"',
    ],
    [
      'a type of the API',
      [{ name: 'a', when: { type: 'Independent' }, channels: 'teams' }, REST],
      'rule "a" names the type "Independent", which is neither "lead" nor "co-sell"; did you mean "lead"?',
    ],
    [
      'a type mistyped',
      [{ name: 'a', when: { type: 'cosell' }, channels: 'teams' }, REST],
      'rule "a" names the type "cosell", which is neither "lead" nor "co-sell"; did you mean "co-sell"?',
    ],
    [
      'a solution that is a number',
      [{ name: 'a', when: { solution: [365] }, channels: 'teams' }, REST],
      'rule "a" names the solution a value that is no text: write a part of its name or id, such as "Dynamics"',
    ],
    [
      'an unknown qualification',
      [{ name: 'a', when: { qualification: 'Marketing' }, channels: 'teams' }, REST],
      'rule "a" names the qualification "Marketing", which is none of None, Direct, MarketingQualified, SalesQualified; did you mean "MarketingQualified"?',
    ],
    [
      'a bare value',
      [{ name: 'a', when: { value: 50000 }, channels: 'teams' }, REST],
      'rule "a" has a "value" without a number from which it holds: write { "atLeast": 50000, "currency": "EUR" }',
    ],
    [
      'a value in text',
      [{ name: 'a', when: { value: { atLeast: '5' } }, channels: 'teams' }, REST],
      'rule "a" has a "value" without a number from which it holds: write { "atLeast": 50000, "currency": "EUR" }',
    ],
    [
      'an unknown key of value',
      [{ name: 'a', when: { value: { atLeast: 5, atMost: 7 } }, channels: 'teams' }, REST],
      'rule "a" has "atMost" in its "value", which no rule has; did you mean "atLeast"?',
    ],
    [
      'a currency by sign',
      [{ name: 'a', when: { value: { atLeast: 5, currency: '€' } }, channels: 'teams' }, REST],
      'rule "a" names the currency "€": write its code, such as "EUR"',
    ],
    [
      'a channel mistyped',
      [{ ...REST, channels: ['teems'] }],
      'rule "everything else" names the channel "teems", which is none; did you mean "teams"?',
    ],
    [
      'a named channel mistyped',
      [{ ...REST, channels: ['team:nordics'] }],
      'rule "everything else" names the channel "team:nordics", which is none; did you mean "teams:nordics"?',
    ],
    [
      'an address as a channel',
      [{ ...REST, channels: ['https://flow.example/hook?sig=s3cret'] }],
      'rule "everything else" names the channel something that looks like an address, which is none',
    ],
    [
      'on-call among channels',
      [{ ...REST, channels: ['pager'] }],
      'rule "everything else" names "pager" among its channels: on-call stands under "onCall"',
    ],
    [
      'an unknown word of on-call',
      [{ ...REST, onCall: ['pagr'] }],
      'rule "everything else" names "pagr" under "onCall", which is nobody on call; did you mean "pager"?',
    ],
    [
      'what every object has as a word of on-call',
      [{ ...REST, onCall: ['constructor'] }],
      'rule "everything else" names "constructor" under "onCall", which is nobody on call',
    ],
    [
      'and as a channel',
      [{ ...REST, channels: ['constructor'] }],
      'rule "everything else" names the channel "constructor", which is none',
    ],
    [
      'a continue that is a word',
      [{ ...REST, continue: 'yes' }],
      'rule "everything else" has a "continue" that is neither true nor false',
    ],
    [
      'no catch-all',
      [{ name: 'a', when: { country: 'SE' }, channels: 'teams' }],
      'ends with rule "a", which has a "when", so that leads fall through: add { "name": "everything else", "channels": ["teams"] } as the last',
    ],
    [
      'no catch-all, though one goes on',
      [
        { ...REST, continue: true },
        { name: 'a', when: { country: 'SE' }, channels: 'teams' },
      ],
      'ends with rule "a", which has a "when", so that leads fall through: add { "name": "everything else", "channels": ["teams"] } as the last',
    ],
  ])('%s', (_, rules, problem) => {
    expect(read(...rules)).toEqual({ rules: null, problems: [problem] });
  });

  it('says everything at once', () => {
    expect(
      problems({ name: 'a', when: { country: 'Sweden', type: 'x' }, channels: ['smoke'] }, { channels: 'teams' }),
    ).toHaveLength(4);
  });

  it('never repeats an address', () => {
    const said = problems({
      name: 'a',
      channels: ['anna@example.com', 'https://x.example/?sig=s3cret'],
      onCall: ['http://y.example'],
    });
    expect(said.join()).not.toMatch(/anna|s3cret|y\.example/);
  });
});

describe('leaves out', () => {
  it.each([
    [
      'teams:nordic',
      'rule "a" names the channel "teams:nordic", which is not set: set TEAMS_WEBHOOK_URL_NORDIC or take it out; did you mean "teams:nordics"?',
    ],
    [
      'email:dach-west',
      'rule "a" names the channel "email:dach-west", which is not set: set EMAIL_TO_DACH_WEST or take it out; did you mean "teams:dach-west"?',
    ],
  ])('a channel that is not set: %s', (channel, problem) => {
    const { rules, problems } = read({ name: 'a', when: { country: 'SE' }, channels: [channel, 'teams'] }, REST);
    expect(problems).toEqual([problem]);
    expect(rules?.map(({ channels }) => channels)).toEqual([['teams'], ['teams', 'email', 'bot']]);
  });

  it('the bot and its conversations where there is no bot', () => {
    const { rules, problems } = readRules(JSON.stringify([{ name: 'a', channels: ['bot', 'bot:x'] }]), {
      sales: ['teams'],
      onCall: [],
    });
    expect(rules?.[0]?.channels).toEqual([]);
    expect(problems).toEqual([
      'rule "a" names the channel "bot", which is not set: set BOT_APP_ID or take it out',
      'rule "a" names the channel "bot:x", which is not set: set BOT_APP_ID or take it out',
    ]);
  });

  it('somebody on call who is not set', () => {
    const { rules, problems } = read({ ...REST, onCall: ['oncall-email', 'pager'] });
    expect(rules?.[0]?.onCall).toEqual(['pager']);
    expect(problems).toEqual([
      'rule "everything else" names "oncall-email" under "onCall", which is not set: set ONCALL_EMAIL_TO or take it out',
    ]);
  });

  const narrow = {
    name: 'narrow',
    when: { country: ['SE'], type: 'lead', value: { atLeast: 5000, currency: 'EUR' } },
    channels: 'email',
  };
  it.each<[string, object]>([
    ['the same conditions', narrow.when],
    ['more countries', { country: ['SE', 'NO'] }],
    ['fewer conditions', { type: ['lead', 'co-sell'] }],
    ['a smaller value', { value: { atLeast: 4000 } }],
    ['a smaller value in its currency', { value: { atLeast: 5000, currency: 'EUR' } }],
  ])('a rule that an earlier one swallows: %s', (_, when) => {
    const { rules, problems } = read({ name: 'wide', when, channels: 'teams' }, narrow, REST);
    expect(rules?.map(({ name }) => name)).toEqual(['wide', 'everything else']);
    expect(problems).toEqual([
      'rule "narrow" is never reached, for rule "wide" takes all that fits it: put it first, narrow the other, or take it out',
    ]);
  });

  it.each<[string, object]>([
    ['it goes on', { when: { country: 'SE' }, continue: true }],
    ['other countries', { when: { country: ['NO'] } }],
    ['one condition more', { when: { country: 'SE', solution: 'Azure' } }],
    ['a larger value', { when: { value: { atLeast: 5001, currency: 'EUR' } } }],
    ['another currency', { when: { value: { atLeast: 5000, currency: 'USD' } } }],
  ])('no rule below one that does not take it all: %s', (_, over) => {
    const wide = { name: 'wide', channels: 'teams', ...over };
    expect(read(wide, narrow, REST)).toMatchObject({ problems: [], rules: [{}, {}, {}] });
  });

  it('a rule for a longer part of a name below one for a shorter', () => {
    const rule = (name: string, solution: string[]) => ({ name, when: { solution }, channels: 'teams' });
    expect(problems(rule('wide', ['dynamics', 'azure']), rule('narrow', ['Dynamics 365']), REST)).toHaveLength(1);
    expect(problems(rule('wide', ['Dynamics 365']), rule('narrow', ['dynamics']), REST)).toEqual([]);
  });

  it('all below one that takes everything, which is then the catch-all', () => {
    const { rules, problems } = read({ name: 'all', channels: 'teams' }, narrow, REST);
    expect(rules?.map(({ name }) => name)).toEqual(['all']);
    expect(problems).toHaveLength(2);
  });
});

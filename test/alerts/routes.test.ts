import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayWaitForFacts, type Reach, type Routable, type Rules, routeOf, unbound } from '../../src/alerts/routes.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { RoutingFacts, Rule } from '../../src/model/rule.ts';
import { readRules } from '../../src/settings/rules.ts';

const REACH: Reach = {
  sales: ['teams', 'email', 'bot', 'bot:west', 'teams:nordics', 'email:nordics', 'teams:big'],
  onCall: ['oncall-teams', 'oncall-email', 'pager'],
  works: () => true,
};

const FACTS: RoutingFacts = {
  country: 'SE',
  type: 'Shared',
  solutions: ['Dynamics 365 Finance', 'SKU-0042'],
  qualification: 'SalesQualified',
  value: { amount: 60_000, currency: 'EUR' },
};

const known = (facts: Partial<RoutingFacts> = {}): Routable => ({
  facts: { ...FACTS, ...facts },
  waits: false,
  toldIn: [],
});
const unknown: Routable = { facts: null, waits: false, toldIn: [] };

function aRule(over: Partial<Rule>): Rule {
  return { name: 'a', when: null, channels: ['teams'], onCall: [], continues: false, ...over };
}
const REST = aRule({ name: 'everything else', channels: ['teams', 'email', 'bot'] });

describe('conditions', () => {
  it.each<[Rule['when'], boolean, string]>([
    [{ country: ['SE'] }, true, 'country is SE'],
    [{ country: ['NO', 'SE'] }, true, 'country SE is one of NO, SE'],
    [{ country: ['NO', 'DK'] }, false, 'country SE is none of NO, DK'],
    [{ country: ['NO'] }, false, 'country SE is not NO'],
    [{ type: ['co-sell'] }, true, 'type is co-sell'],
    [{ type: ['lead'] }, false, 'type co-sell is not lead'],
    [{ solution: ['finance'] }, true, 'solution "Dynamics 365 Finance" has "finance" in it'],
    [{ solution: ['Dynamics365'] }, true, 'solution "Dynamics 365 Finance" has "Dynamics365" in it'],
    [{ solution: ['sku-00'] }, true, 'solution "SKU-0042" has "sku-00" in it'],
    [{ solution: ['Azure', 'Power'] }, false, 'no solution named has "Azure" or "Power" in it'],
    [{ qualification: ['SalesQualified'] }, true, 'qualification is SalesQualified'],
    [{ qualification: ['Direct'] }, false, 'qualification SalesQualified is not Direct'],
    [{ value: { atLeast: 60_000, currency: 'EUR' } }, true, 'value EUR 60000 is at least EUR 60000'],
    [{ value: { atLeast: 60_000, currency: null } }, true, 'value EUR 60000 is at least 60000'],
    [{ value: { atLeast: 60_001, currency: null } }, false, 'value EUR 60000 is less than 60001'],
    [{ value: { atLeast: 1, currency: 'USD' } }, false, 'value EUR 60000 is not in USD'],
  ])('%j', (when, fits, sentence) => {
    const route = routeOf(known(), [aRule({ when }), REST], REACH);
    expect(route?.why[0]).toEqual({ rule: 'a', fits, because: [sentence] });
    expect(route?.name).toBe(fits ? 'a' : 'everything else');
  });

  it.each<[Rule['when'], string]>([
    [{ country: ['SE'] }, 'country is not known'],
    [{ type: ['lead'] }, 'type is not known'],
    [{ solution: ['x'] }, 'no solution is named'],
    [{ qualification: ['None'] }, 'qualification is not known'],
    [{ value: { atLeast: 0, currency: null } }, 'no value is named'],
  ])('%j of a referral that says nothing', (when, sentence) => {
    const nothing = { country: null, type: null, solutions: [], qualification: null, value: null };
    const route = routeOf(known(nothing), [aRule({ when }), REST], REACH);
    expect(route?.why[0]).toEqual({ rule: 'a', fits: false, because: [sentence] });
  });

  it('takes codes and words in any case, and a country under its old code', () => {
    const when = { country: ['GB'], qualification: ['Direct'], type: ['lead' as const] };
    const route = routeOf(
      known({ country: 'uk', qualification: 'DIRECT', type: 'independent' }),
      [aRule({ when }), REST],
      REACH,
    );
    expect(route?.name).toBe('a');
  });

  it('tells every condition that held, or the first that did not', () => {
    const both = { country: ['SE'], type: ['co-sell' as const] };
    expect(routeOf(known(), [aRule({ when: both }), REST], REACH)?.why[0]?.because).toEqual([
      'country is SE',
      'type is co-sell',
    ]);
    expect(routeOf(known({ type: 'Independent', country: 'DE' }), [aRule({ when: both }), REST], REACH)?.why).toEqual([
      { rule: 'a', fits: false, because: ['country DE is not SE'] },
      { rule: 'everything else', fits: true, because: ['takes everything'] },
    ]);
  });
});

describe('rules', () => {
  const nordics = aRule({ name: 'Nordics', when: { country: ['SE'] }, channels: ['teams:nordics'], onCall: ['pager'] });
  const big = aRule({
    name: 'big',
    when: { value: { atLeast: 50_000, currency: null } },
    channels: ['teams:big', 'teams:nordics'],
    onCall: ['oncall-email', 'pager'],
  });

  it('the first that fits decides', () => {
    expect(routeOf(known(), [nordics, big, REST], REACH)).toMatchObject({
      rules: ['Nordics'],
      name: 'Nordics',
      channels: ['teams:nordics'],
      onCall: ['pager'],
      why: [{ rule: 'Nordics' }],
      factsUnknown: false,
      diverted: false,
    });
  });

  it('with continue, channels and on-call add up', () => {
    expect(routeOf(known(), [{ ...big, continues: true }, nordics, REST], REACH)).toMatchObject({
      rules: ['big', 'Nordics'],
      name: 'big + Nordics',
      channels: ['teams:big', 'teams:nordics'],
      onCall: ['oncall-email', 'pager'],
    });
  });

  it('all of on-call hear it as soon as one rule names nobody, or none that is set', () => {
    const onCallOf = (...rules: Rule[]) => routeOf(known(), [...rules, REST], REACH)?.onCall;
    expect(onCallOf({ ...big, continues: true }, { ...nordics, onCall: [] })).toEqual(REACH.onCall);
    expect(onCallOf({ ...nordics, onCall: ['oncall-sms'] })).toEqual(REACH.onCall);
  });

  it('without rules all hear it but the channels that only rules name', () => {
    expect(routeOf(unknown, null, REACH)).toMatchObject({
      rules: [],
      name: null,
      channels: ['teams', 'email', 'bot', 'bot:west'],
      onCall: REACH.onCall,
    });
  });
});

describe('rules that cannot be read', () => {
  it('leave what was told somewhere where it is', () => {
    expect(routeOf({ ...unknown, toldIn: ['teams:nordics'] }, 'unreadable', REACH)).toMatchObject({
      channels: ['teams:nordics'],
      onCall: REACH.onCall,
      name: null,
    });
  });
  it('send everything else to the channels without a name', () => {
    expect(routeOf(known(), 'unreadable', REACH)?.channels).toEqual(['teams', 'email', 'bot']);
    // told in a channel that is no longer there
    expect(routeOf({ ...unknown, toldIn: ['teams:old'] }, 'unreadable', REACH)?.channels).toEqual([
      'teams',
      'email',
      'bot',
    ]);
  });
  it('send it to all where every channel has a name', () => {
    const reach = { ...REACH, sales: ['teams:nordics', 'bot:west'] };
    expect(routeOf(known(), 'unreadable', reach)?.channels).toEqual(['teams:nordics', 'bot:west']);
  });
});

describe('facts that are not known', () => {
  const rules = [aRule({ when: { country: ['SE'] }, channels: ['teams:nordics'] }), REST];

  it('wait, then go to the catch-all, and it says so', () => {
    expect(routeOf({ ...unknown, waits: true }, rules, REACH)).toBeNull();
    expect(routeOf(unknown, rules, REACH)).toMatchObject({
      name: 'everything else',
      channels: ['teams', 'email', 'bot'],
      factsUnknown: true,
      why: [{ rule: 'everything else', fits: true, because: ['what the rules ask about could not be read'] }],
    });
  });

  it('are not waited for where no rule asks', () => {
    const asked = { ...unknown, waits: true };
    expect(routeOf(asked, [REST], REACH)).toMatchObject({ name: 'everything else', factsUnknown: false });
    expect(routeOf(asked, null, REACH)?.factsUnknown).toBe(false);
  });

  const now = Date.parse('2027-03-10T09:00:00Z');
  it.each([
    ['first poll', 1, 0, 14 * DAY, false, true],
    ['third poll', 3, 10 * MINUTE, 14 * DAY, false, true],
    ['fourth poll', 4, 15 * MINUTE, 14 * DAY, false, false],
    ['29 minutes', 2, 29 * MINUTE, 14 * DAY, false, true],
    ['30 minutes', 2, 30 * MINUTE, 14 * DAY, false, false],
    ['within its steps', 1, 0, 14 * DAY, true, false],
    ['a quarter of its hour', 2, 15 * MINUTE, HOUR, false, false],
    ['just before it', 2, 15 * MINUTE - 1, HOUR, false, true],
  ])('%s', (_, polls, ago, lasts, inStep, waits) => {
    const firstSeenAt = now - ago;
    expect(mayWaitForFacts({ polls, firstSeenAt, expiryAt: firstSeenAt + lasts, inStep }, now)).toBe(waits);
  });
});

describe('channels that do not work', () => {
  const rules = [aRule({ name: 'west', when: { country: ['SE'] }, channels: ['bot:east', 'teams:big'] }), REST];

  it('do not matter while another of the same rules works', () => {
    expect(routeOf(known(), rules, REACH)).toMatchObject({ channels: ['bot:east', 'teams:big'], diverted: false });
  });
  it('are helped by the catch-all when none works, and keep their name', () => {
    const reach = { ...REACH, works: (channel: string) => channel !== 'teams:big' };
    expect(routeOf(known(), rules, reach)).toMatchObject({
      name: 'west',
      channels: ['bot:east', 'teams:big', 'teams', 'email', 'bot'],
      diverted: true,
    });
  });
  it('leave a rule without any: the catch-all takes it, and its own channels the ones without a name', () => {
    const empty = [aRule({ name: 'x', when: { country: ['SE'] }, channels: [] }), REST];
    expect(routeOf(known(), empty, REACH)?.channels).toEqual(REST.channels);
    const allEmpty = [aRule({ name: 'x', when: { country: ['SE'] }, channels: [] }), { ...REST, channels: [] }];
    expect(routeOf(known(), allEmpty, REACH)?.channels).toEqual(['teams', 'email', 'bot']);
    expect(routeOf(known({ country: 'DE' }), allEmpty, REACH)?.channels).toEqual(['teams', 'email', 'bot']);
  });
  it('are made up for by those without a name where nobody has bound the catch-all', () => {
    const reach = { ...REACH, sales: ['teams', 'teams:big'] };
    expect(routeOf(known(), [aRule({ channels: ['bot'] })], reach)?.channels).toEqual(['bot', 'teams']);
  });
  it('that nobody has bound are named with their rules', () => {
    expect(unbound(rules, REACH)).toEqual([{ rule: 'west', channel: 'bot:east' }]);
    expect(unbound(null, REACH)).toEqual([]);
  });
});

const sales = ['teams', 'email', 'bot', 'bot:west', 'teams:nordics', 'email:big'];
const someOf = (words: readonly string[]) => fc.subarray([...words], { minLength: 1 });
const anyWhen = fc.record(
  {
    country: someOf(['SE', 'no', 'DE']),
    type: someOf(['lead', 'co-sell']),
    solution: someOf(['dynamics', 'azure']),
    qualification: someOf(['Direct', 'None']),
    value: fc.record({ atLeast: fc.nat(100_000) }),
  },
  { requiredKeys: [] },
);
const anyRules = fc.array(
  fc.record(
    {
      name: fc.string({ maxLength: 3 }),
      when: anyWhen,
      channels: fc.oneof(someOf(sales), fc.constant(['teams:unset']), fc.constant(['tems'])),
      onCall: fc.subarray(['pager', 'oncall-teams', 'oncall-email']),
      continue: fc.boolean(),
    },
    { requiredKeys: ['name', 'channels'] },
  ),
  { maxLength: 6 },
);
const anyFacts: fc.Arbitrary<RoutingFacts> = fc.record({
  country: fc.constantFrom('SE', 'NO', 'US', 'Schweden', null),
  type: fc.constantFrom('Independent', 'Shared', 'New kind', null),
  solutions: fc.array(fc.constantFrom('Dynamics 365', 'Azure', '')),
  qualification: fc.constantFrom('Direct', 'None', null),
  value: fc.option(fc.record({ amount: fc.nat(200_000), currency: fc.constantFrom('EUR', null) })),
});

it('any rules, any lead: it reaches a channel, and one that works whenever the catch-all has one', () => {
  fc.assert(
    fc.property(
      anyRules,
      someOf(sales),
      fc.option(anyFacts),
      fc.subarray(sales, { minLength: 1 }),
      fc.subarray(sales),
      fc.subarray(sales),
      (drawn, rest, facts, there, refusing, toldIn) => {
        const named = drawn.map((rule, i) => ({ ...rule, name: `${rule.name}${i}` }));
        const set = {
          sales: [...there, ...(there.some(id => id.startsWith('bot:')) ? ['bot'] : [])],
          onCall: ['pager'],
        };
        const reading = readRules(JSON.stringify([...named, { name: 'rest', channels: rest }]), set);
        const rules: Rules = reading.rules ?? 'unreadable';
        if (!reading.rules) expect(reading.problems).not.toEqual([]);
        const reach = { sales: there, onCall: ['pager'], works: (id: string) => !refusing.includes(id) };
        for (const some of [rules, null]) {
          const route = routeOf({ facts, waits: false, toldIn }, some, reach);
          const reached = route?.channels.filter(channel => there.includes(channel)) ?? [];
          expect(reached).not.toEqual([]);
          expect(route?.onCall).toEqual(['pager']);
          const last = Array.isArray(some) ? (some.at(-1) as Rule).channels : [];
          const spare = last.filter(channel => there.includes(channel) && reach.works(channel));
          if (spare.length > 0) expect(reached.some(reach.works)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

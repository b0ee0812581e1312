import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import type { SinkFaults } from '../sandbox/sink-faults.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const customers = ['Adatum', 'Fabrikam', 'Litware', 'Northwind', 'Tailspin', 'Proseware'];

/** Leads with so long to go, and only Teams to tell them in. */
async function aWorld(count: number, left: number, more: WorldOptions = {}) {
  world = await createWorld({
    referrals: () =>
      customers.slice(0, count).map(customer => makeReferral({ customer, expiresAt: Date.now() + left })),
    ...more,
    settings: { EMAIL_TO: '', ONCALL_TEAMS_WEBHOOK_URL: '', ...more.settings },
  });
}

const cards = (channel = 'sales') => world.teams.posts(channel).map(({ card }) => textOf(card));
const told = (channel = 'sales') => cards(channel).map(card => customers.find(customer => card.includes(customer)));
const operator = () => cards('operator').join('\n---\n');

/** Polls every five minutes for so long; answers after how many minutes sales had so many cards. */
async function pollFor(minutes: number, until: () => boolean = () => false): Promise<number> {
  for (let passed = 0; ; passed += 5) {
    expect(await world.poll()).toBeNull();
    if (until() || passed >= minutes) return passed;
    world.advance(5 * MINUTE);
  }
}

describe('a time that somebody named', () => {
  it.each([
    [86_400, 10 * DAY, 60],
    [999_999, 10 * DAY, 60],
    [86_400, 2 * HOUR, 30],
    [3_600, 40 * MINUTE, 10],
  ])(
    'of %i s, with %i ms left, keeps the lead no longer than an hour or a quarter of that',
    async (named, left, minutes) => {
      await aWorld(1, left);
      world.teams.setFaults({ throttled: named, times: 1 }, 'sales');
      expect(await pollFor(90, () => told().length > 0)).toBe(minutes);
      expect(told()).toEqual(['Adatum']);
    },
  );
});

describe('a channel that takes nothing from us', () => {
  it.each([
    ['a flow that is switched off', { refuses: 'WorkflowTriggerIsNotEnabled' }, 'WorkflowTriggerIsNotEnabled'],
    ['401', { down: 401 }, '401'],
    ['404', { gone: true }, '404'],
    ['409', { down: 409 }, '409'],
    ['423', { down: 423 }, '423'],
    ['a sign-in page with 200', { says: '<!doctype html><title>Sign in</title>' }, 'a page'],
  ] as const)('(%s) is named at once, tried hourly, and told all when it takes one', async (_, fault, named) => {
    await aWorld(3, 10 * DAY);
    world.teams.setFaults(fault as Partial<SinkFaults>, 'sales');
    await pollFor(0);
    expect(operator()).toContain('Teams (sales) takes nothing from us');
    expect(operator()).toContain(named);
    expect(operator()).toContain('3 leads wait');
    expect((await world.app.health()).body).toMatchObject({ undelivered: 3 });
    world.advance(5 * MINUTE);
    await pollFor(110);
    expect(world.teams.state.refused).toHaveLength(2);

    world.teams.setFaults({ refuses: false, down: false, gone: false, says: false }, 'sales');
    world.advance(5 * MINUTE);
    await pollFor(0);
    expect(told().toSorted()).toEqual(['Adatum', 'Fabrikam', 'Litware']);
    expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
    const ofTeams = cards('operator').filter(card => card.includes('Trouble: channel:teams'));
    expect(ofTeams).toHaveLength(2);
    expect(ofTeams[1]).toContain('takes messages again');
    expect(ofTeams[1]).not.toMatch(/takes nothing|WorkflowTrigger|doctor/);
  });

  it('is tried again at the next poll after its settings have changed', async () => {
    await aWorld(2, 10 * DAY);
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(0);
    world.restart({ TEAMS_WEBHOOK_URL: world.teams.webhookUrl('oncall') });
    world.advance(5 * MINUTE);
    await pollFor(0);
    expect(told('oncall').toSorted()).toEqual(['Adatum', 'Fabrikam']);
  });

  it('knows after a restart that it refuses, and is not tried twice in a row with the same lead', async () => {
    await aWorld(2, 10 * DAY);
    world.teams.setFaults({ forbidden: true }, 'sales');
    const tried: (string | undefined)[] = [];
    for (const wait of [0, 5 * MINUTE, HOUR, HOUR]) {
      world.advance(wait);
      world.restart();
      const before = world.log.lines.length;
      await pollFor(0);
      tried.push(
        ...world.log.lines
          .slice(before)
          .filter(({ event }) => event === 'delivery')
          .map(({ fields }) => String(fields?.referralId)),
      );
    }
    expect(tried).toHaveLength(3);
    expect(tried[1]).not.toBe(tried[0]);
    expect(tried[2]).not.toBe(tried[1]);
  });

  it.each([
    [2 * HOUR, 30],
    [HOUR, 15],
    [25 * MINUTE, 10],
  ])('is tried the sooner the less time is left: %i ms', async (left, minutes) => {
    await aWorld(1, left);
    world.teams.setFaults({ forbidden: true, times: 1 }, 'sales');
    expect(await pollFor(60, () => told().includes('Adatum'))).toBe(minutes);
  });

  it('counts leads, not messages: a digest of 120 that is refused once is told as soon as the channel takes one', async () => {
    world = await createWorld({
      referrals: () => Array.from({ length: 120 }, (_, i) => makeReferral({ customer: `Fourth Coffee ${i}` })),
      settings: { EMAIL_TO: '' },
    });
    world.teams.setFaults({ gone: true, times: 1 }, 'sales');
    await pollFor(0);
    expect(operator()).toContain('120 leads wait');
    world.advance(HOUR);
    await pollFor(0);
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toContain('120');
    expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
  });

  it('of the night is over in the morning, also when the lead that waited was answered meanwhile', async () => {
    await aWorld(1, 10 * DAY);
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(0);
    world.api.accept(String(world.api.state.referrals[0]?.id));
    world.advance(8 * HOUR);
    await pollFor(0);
    world.teams.setFaults({ gone: false }, 'sales');
    world.api.add(makeReferral({ customer: 'Litware' }));
    world.advance(5 * MINUTE);
    await pollFor(0);
    expect(told()).toEqual(['Litware']);
    expect(cards('operator').at(-1)).toContain('takes messages again');
  });
});

describe('a card that a channel rejects for what it holds', () => {
  it('goes out once more at once in its plainest form, with nothing that the customer wrote', async () => {
    await aWorld(1, 10 * DAY);
    world.teams.setFaults({ down: 413, times: 1 }, 'sales');
    await pollFor(0);
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).not.toContain('Adatum');
    expect(cards()[0]).toContain(String(world.api.state.referrals[0]?.id));
    expect(cards('operator')).toEqual([]);
  });

  it('in every form is a trouble of its own, tried hourly, and keeps nothing else from going out', async () => {
    await aWorld(1, 10 * DAY);
    world.teams.setFaults({ down: 413, times: 2 }, 'sales');
    await pollFor(0);
    expect(operator()).toContain('rejects a message');
    expect(operator()).not.toContain('takes nothing from us');
    world.api.add(makeReferral({ customer: 'Fabrikam', expiresAt: Date.now() + 10 * DAY }));
    world.advance(5 * MINUTE);
    await pollFor(0);
    expect(told()).toEqual(['Fabrikam']);
    world.advance(HOUR);
    await pollFor(0);
    expect(told()).toEqual(['Fabrikam', 'Adatum']);
  });

  it('accuses the channel when another one is rejected too', async () => {
    await aWorld(3, 10 * DAY);
    world.teams.setFaults({ down: 400 }, 'sales');
    await pollFor(0);
    expect(world.teams.state.refused).toHaveLength(4);
    expect(operator()).toContain('takes nothing from us');
    world.teams.setFaults({ down: false }, 'sales');
    world.advance(HOUR);
    await pollFor(0);
    expect(told().toSorted()).toEqual(['Adatum', 'Fabrikam', 'Litware']);
  });
});

describe('a channel that takes every post and never answers', () => {
  it('gets a card three times at most, marked, then each once, and is named once; nobody is paged and health stays well', async () => {
    await aWorld(3, 10 * DAY);
    world.teams.setFaults({ cutAfter: true }, 'sales');
    await pollFor(120);
    const counts = customers.slice(0, 3).map(customer => told().filter(each => each === customer).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    for (const customer of customers.slice(0, 3)) {
      const [first, ...again] = cards().filter(card => card.includes(customer));
      expect(first).not.toMatch(/may be a repeat/i);
      for (const card of again) expect(card).toMatch(/may be a repeat/i);
    }
    const sent = cards().length;
    world.api.add(makeReferral({ customer: 'Proseware', expiresAt: Date.now() + 10 * DAY }));
    world.advance(5 * MINUTE);
    await pollFor(60);
    expect(told().slice(sent)).toEqual(['Proseware']);
    expect(operator().match(/does not answer in time/g)).toHaveLength(1);
    expect((await world.app.health()).status).toBe(200);

    world.teams.setFaults({ cutAfter: false }, 'sales');
    world.api.add(makeReferral({ customer: 'Northwind', expiresAt: Date.now() + 10 * DAY }));
    world.advance(5 * MINUTE);
    await pollFor(5);
    expect(told().slice(sent)).toEqual(['Proseware', 'Northwind']);
    expect(cards('operator').at(-1)).toContain('takes messages again');
  });
});

it('what can still be answered goes first: one lead with two hours left before all that have been answered', async () => {
  world = await createWorld({
    referrals: () => Array.from({ length: 4 }, (_, i) => makeReferral({ customer: `Fourth Coffee ${i}` })),
    settings: { EMAIL_TO: '' },
  });
  await pollFor(0);
  for (const { id } of [...world.api.state.referrals]) world.api.accept(String(id));
  world.api.add(makeReferral({ customer: 'Adatum', expiresAt: Date.now() + 2 * HOUR }));
  const before = cards().length;
  world.advance(5 * MINUTE);
  await pollFor(0);
  expect(cards().slice(before)).toHaveLength(5);
  expect(told()[before]).toBe('Adatum');
});

it('150 that have expired and one lead with two hours left, 60 posts and then 429 for an hour: the lead is told first', async () => {
  world = await createWorld({
    referrals: () =>
      Array.from({ length: 150 }, (_, i) =>
        makeReferral({ customer: `Fourth Coffee ${i}`, expiresAt: Date.now() + 2 * DAY }),
      ),
    settings: { EMAIL_TO: '', ONCALL_TEAMS_WEBHOOK_URL: '' },
  });
  await pollFor(0);
  world.advance(2 * DAY + MINUTE);
  world.api.expireDue();
  world.api.add(makeReferral({ customer: 'Adatum', expiresAt: Date.now() + 2 * HOUR }));
  // Each by itself: as a digest all of them would be one post.
  world.restart({ DIGEST_ABOVE: '1000' });
  const before = cards().length;
  const stop = world.teams.onChange(() => {
    // At the very post: a fault that is set is a change, too.
    if (world.teams.posts('sales').length - before >= 60) world.teams.channelFaults('sales').throttled = 3_600;
  });
  await pollFor(0);
  stop();
  expect(cards()).toHaveLength(before + 60);
  expect(told()[before]).toBe('Adatum');
  world.teams.setFaults({ throttled: false }, 'sales');
  world.advance(HOUR + MINUTE);
  await pollFor(0);
  const ended = cards()
    .slice(before)
    .filter(card => /expired without an answer/i.test(card));
  expect(new Set(ended.map(card => /Fourth Coffee \d+/.exec(card)?.[0])).size).toBe(150);
  expect(ended).toHaveLength(150);
}, 60_000);

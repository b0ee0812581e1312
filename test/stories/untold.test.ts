import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const posts = (place: 'sales' | 'oncall' | 'operator') => world.teams.posts(place).map(({ card }) => textOf(card));
/** A lead that has so long to live. */
const leadWith = (left: number, customer = 'Adatum') =>
  makeReferral({ customer, createdAt: Date.now() + left - 14 * DAY, expiresAt: Date.now() + left });

async function pollFor(milliseconds: number, every = 5 * MINUTE): Promise<void> {
  for (let gone = 0; gone <= milliseconds; gone += every) {
    await world.poll();
    world.advance(every);
  }
}

describe('a lead that no sales channel takes', () => {
  it('in its last day is told through on-call and operator, once, and health says so', async () => {
    world = await createWorld({
      referrals: () => [leadWith(20 * HOUR)],
      settings: { EMAIL_TO: '', SMTP_URL: '', EMAIL_FROM: '' },
    });
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(2 * HOUR);
    const id = String(world.api.state.referrals[0]?.id);
    const named = (texts: readonly string[]) => texts.filter(text => text.includes(id) && !text.includes('Adatum'));
    expect(named(posts('oncall'))).toHaveLength(1);
    expect(named(posts('operator'))).toHaveLength(1);
    expect(posts('operator').join()).toContain('told to nobody in sales');
    const sick = await world.app.health();
    expect(sick.status).toBe(503);
    expect(sick.body).toMatchObject({
      untold: 1,
      troubles: expect.arrayContaining(['untold', 'channel:teams', 'nobody-listens']),
    });

    world.restart();
    await pollFor(HOUR);
    expect(named(posts('oncall'))).toHaveLength(1);

    world.teams.setFaults({ gone: false }, 'sales');
    await pollFor(HOUR + 10 * MINUTE);
    expect(posts('sales')).toHaveLength(1);
    expect((await world.app.health()).body).toMatchObject({ untold: 0, troubles: [] });
  });

  it('is no last resort yet while there is time', async () => {
    world = await createWorld({ referrals: () => [leadWith(10 * DAY)], settings: { EMAIL_TO: '' } });
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(HOUR);
    expect((await world.app.health()).body).toMatchObject({ untold: 1 });
    expect(posts('oncall')).toEqual([]);
  });

  it('is tried again at each poll until somebody takes it', async () => {
    world = await createWorld({ referrals: () => [leadWith(20 * HOUR)], settings: { EMAIL_TO: '' } });
    for (const place of ['sales', 'oncall', 'operator'] as const) world.teams.setFaults({ gone: true }, place);
    await pollFor(HOUR);
    world.teams.setFaults({ gone: false }, 'operator');
    await world.poll();
    const id = String(world.api.state.referrals[0]?.id);
    expect(posts('operator').filter(text => text.includes(id))).toHaveLength(1);
  });

  it('is told of all others in the same message', async () => {
    world = await createWorld({
      referrals: () => [leadWith(20 * HOUR, 'Adatum'), leadWith(21 * HOUR, 'Fabrikam'), leadWith(10 * DAY, 'Litware')],
      settings: { EMAIL_TO: '' },
    });
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(HOUR);
    const ids = world.api.state.referrals.map(({ id }) => String(id));
    const operator = posts('operator').filter(text => text.includes(String(ids[0])));
    expect(operator).toHaveLength(1);
    expect(operator[0]).toContain(ids[1]);
    expect(operator[0]).not.toContain(ids[2]);
  });
});

describe('the incidents of leads that no sales channel takes', () => {
  const open = () => [...world.pager.state.incidents.values()].filter(({ resolved }) => !resolved);
  const keysOf = (incidents: ReturnType<typeof open>) => incidents.map(({ dedupKey }) => dedupKey);

  /** Lives with so many leads in their last day until the last resort has told them through the pager. */
  async function untold(count: number, steps: string): Promise<readonly string[]> {
    world = await createWorld({
      referrals: () => Array.from({ length: count }, (_, i) => leadWith(20 * HOUR + i * MINUTE, `Adatum ${i}`)),
      settings: { EMAIL_TO: '', ESCALATION_STEPS: steps },
    });
    const { enqueueUrl, routingKey } = world.pager;
    world.restart({ ONCALL_PAGER_URL: enqueueUrl, ONCALL_PAGER_KEY: routingKey });
    world.teams.setFaults({ gone: true }, 'sales');
    await pollFor(HOUR, 10 * MINUTE);
    return world.api.state.referrals.map(({ id }) => String(id));
  }

  async function accept(...ids: readonly string[]): Promise<void> {
    for (const id of ids) world.api.accept(id);
    await pollFor(10 * MINUTE);
  }

  it('end with each lead, also where the last resort alone had opened them', async () => {
    const ids = await untold(3, '7d:reminder');
    expect(keysOf(open())).toEqual(expect.arrayContaining([...ids]));
    const [first = '', ...others] = ids;
    await accept(first);
    expect(keysOf(open()).toSorted()).toEqual(others.toSorted());
    await accept(...others);
    expect(open()).toEqual([]);
  });

  it('beyond the tenth are one, which ends with the last of those that share it', async () => {
    const ids = await untold(13, '7d:reminder');
    const shared = open().filter(({ dedupKey }) => !ids.includes(dedupKey));
    expect(shared).toHaveLength(1);
    expect(open()).toHaveLength(11);
    const [last = '', ...others] = ids.toReversed();
    await accept(...others);
    expect(keysOf(open())).toEqual(keysOf(shared));
    await accept(last);
    expect(open()).toEqual([]);
  });

  it('are those that the pager has already', async () => {
    const ids = await untold(13, '24h:critical');
    expect(open()).toHaveLength(11);
    await accept(...ids);
    expect(open()).toEqual([]);
  });
});

describe('leads and nobody to tell', () => {
  it('is an alarm in the same poll, and its end is told', async () => {
    world = await createWorld({ referrals: () => [leadWith(10 * DAY)], settings: { EMAIL_TO: '' } });
    world.teams.setFaults({ gone: true }, 'sales');
    expect(await world.poll()).toBeNull();
    expect(posts('operator').join()).toContain('Leads are pending and nobody is told of them');
    world.teams.setFaults({ gone: false }, 'sales');
    await pollFor(HOUR + 10 * MINUTE);
    expect(posts('operator').join()).toContain('somebody to hear of them again');
  });

  it('is none while a channel is only throttled', async () => {
    world = await createWorld({ referrals: () => [leadWith(10 * DAY)], settings: { EMAIL_TO: '' } });
    world.teams.setFaults({ throttled: 1800 }, 'sales');
    expect(await world.poll()).toBeNull();
    expect(posts('operator')).toEqual([]);
  });
});

describe('a lead that expired, and nobody was told of it', () => {
  const ended = (place: 'sales' | 'oncall' | 'operator') =>
    posts(place).filter(text => text.includes('Nobody had been told'));

  /** Lives through the end of so many leads that nobody takes anything of, and through a day of refusals after it. */
  async function unheard(count: number): Promise<void> {
    world = await createWorld({
      referrals: () => Array.from({ length: count }, (_, i) => leadWith(HOUR + i, `Adatum ${i}`)),
      settings: { EMAIL_TO: '' },
    });
    for (const place of ['sales', 'oncall', 'operator'] as const) world.teams.setFaults({ gone: true }, place);
    await pollFor(HOUR, 20 * MINUTE);
    world.api.expireDue();
    await pollFor(20 * HOUR, 5 * HOUR);
    world.teams.setFaults({ gone: false }, 'operator');
    expect(ended('operator')).toEqual([]);
    world.advance(5 * HOUR);
    await world.poll();
  }

  it.each([1, 3, 12])('goes to the operator after a day of refusals, once (%i leads)', async count => {
    await unheard(count);
    const ids = world.api.state.referrals.map(({ id }) => String(id));
    const heard = posts('operator').filter(text => text.includes('xpired') && ids.some(id => text.includes(id)));
    if (count < 12) {
      expect(ended('operator')).toHaveLength(count);
      for (const id of ids) expect(heard.filter(text => text.includes(id))).toHaveLength(1);
    } else expect(heard.filter(text => ids.every(id => text.includes(id)))).toHaveLength(1);
    world.teams.setFaults({ gone: false });
    for (const place of ['sales', 'oncall'] as const) world.teams.setFaults({ gone: false }, place);
    const before = posts('operator').length;
    await pollFor(2 * HOUR, HOUR);
    expect(
      posts('operator')
        .slice(before)
        .filter(text => ids.some(id => text.includes(id))),
    ).toEqual([]);
    expect(await world.tableText()).not.toContain('"partitionKey":"open"');
  });

  it('is tried at each poll while the operator does not take it either, and given up after another day', async () => {
    await unheard(0);
    world.teams.setFaults({ gone: true }, 'operator');
    world.api.add(leadWith(20 * MINUTE));
    await pollFor(HOUR, 10 * MINUTE);
    world.api.expireDue();
    await pollFor(45 * HOUR, 5 * HOUR);
    expect(await world.tableText()).toContain('"partitionKey":"open"');
    await pollFor(10 * HOUR, 5 * HOUR);
    expect(await world.tableText()).not.toContain('"partitionKey":"open"');
  });
});

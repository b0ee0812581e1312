import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { stateOf, textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('a channel in trouble', () => {
  it('is told once when it is back, and delays no other', async () => {
    world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })] });
    world.teams.setFaults({ down: true }, 'sales');
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await world.poll()).toBeNull();
      world.advance(5 * MINUTE);
    }
    expect(world.mail.state.mails).toHaveLength(1);
    expect(world.teams.posts('sales')).toEqual([]);

    world.teams.setFaults({ down: false }, 'sales');
    world.advance(15 * MINUTE);
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await world.poll()).toBeNull();
      world.advance(HOUR);
    }
    expect(world.teams.posts('sales')).toHaveLength(1);
    expect(world.mail.state.mails).toHaveLength(1);
  });

  it('is left alone until the time it named, and what waits for it is counted', async () => {
    const customers = ['Adatum', 'Fabrikam', 'Litware'];
    world = await createWorld({
      referrals: () => customers.map(customer => makeReferral({ customer })),
      settings: { EMAIL_TO: '' },
    });
    world.teams.setFaults({ throttled: 1800 }, 'sales');
    for (let polls = 0; polls < 3; polls += 1) {
      expect(await world.poll()).toBeNull();
      world.advance(5 * MINUTE);
    }
    expect(world.teams.state.refused).toHaveLength(1);
    expect((await world.app.health()).body).toMatchObject({ undelivered: 3 });
    const [{ id } = { id: '' }] = world.api.state.referrals;
    world.teams.setFaults({ throttled: false }, 'sales');
    world.advance(15 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('sales')).toHaveLength(3);
    const { body } = await world.app.detail({ id: String(id), accept: '', authorization: null });
    expect(body).toMatchObject({ alerts: [{ outcome: 'delivered' }] });
    expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
  });

  it('is one alarm for the operator when it refuses, however many leads met it, and told all when it takes one', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' }), makeReferral({ customer: 'Fabrikam' })],
    });
    world.teams.setFaults({ gone: true }, 'sales');
    expect(await world.poll()).toBeNull();
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('operator').map(({ card }) => textOf(card))).toEqual([
      expect.stringContaining('Teams (sales) takes nothing from us'),
    ]);
    expect(textOf(world.teams.posts('operator')[0]?.card)).toContain('2 leads wait');
    expect(world.teams.state.refused).toHaveLength(1);

    world.teams.setFaults({ gone: false }, 'sales');
    world.api.add(makeReferral({ customer: 'Litware' }));
    world.advance(HOUR);
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('sales')).toHaveLength(3);
    expect(world.teams.posts('operator')).toHaveLength(2);
  });
});

describe('Partner Center away', () => {
  it('does not stop the escalation, fails the invocation and tells the operator once, and its end once', async () => {
    world = await createWorld();
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - HOUR }));
    expect(await world.poll()).toBeNull();

    world.advance(6.7 * DAY);
    world.api.setFaults({ down: true });
    const failure = await world.poll();
    expect(failure?.name).toBe('PollError');
    const [, escalation] = world.teams.posts('sales').map(({ card }) => textOf(card));
    expect(escalation).toContain('Adatum');
    expect(escalation).toMatch(/could not be confirmed/);
    expect(await world.poll()).not.toBeNull();
    expect(world.teams.posts('sales')).toHaveLength(2);
    expect(world.teams.posts('operator')).toHaveLength(1);

    world.advance(DAY);
    expect(await world.poll()).not.toBeNull();
    expect(world.teams.posts('operator')).toHaveLength(2);

    world.api.setFaults({ down: false });
    expect(await world.poll()).toBeNull();
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('operator')).toHaveLength(3);
    expect(stateOf(world.teams.posts('operator').at(-1)?.card)).toMatch(/over/i);
  });

  it('is said to be away since the last good poll of any process', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' })],
      settings: { EMAIL_TO: '' },
    });
    expect(await world.poll()).toBeNull();
    world.advance(2 * DAY);
    await world.startApp().poll();
    world.advance(4.7 * DAY);
    world.api.setFaults({ down: true });
    expect(await world.poll()).not.toBeNull();
    expect(textOf(world.teams.posts('sales').at(-1)?.card)).toContain('since Wed 3 Mar 2027');
  });

  it('closes nothing on a list that breaks off', async () => {
    const customers = ['Adatum', 'Fabrikam', 'Litware', 'Tailspin'];
    world = await createWorld({ referrals: () => customers.map(customer => makeReferral({ customer })), pageSize: 2 });
    expect(await world.poll()).toBeNull();
    world.api.setFaults({ brokenPage: 'loops' });
    world.advance(5 * MINUTE);
    expect(await world.poll()).not.toBeNull();
    world.api.setFaults({ brokenPage: false });
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('sales')).toHaveLength(4);
  });

  it('tells a sign-in that is needed once, across processes, and shows it in health', async () => {
    world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })] });
    expect(await world.poll()).toBeNull();
    world.api.setFaults({ signedOut: true });
    expect((await world.poll())?.message).toMatch(/sign/i);
    world.restart();
    expect(await world.poll()).not.toBeNull();
    expect(world.teams.posts('operator')).toHaveLength(1);
    const { body } = await world.app.health();
    expect(body).toMatchObject({ signIn: expect.not.stringMatching(/^ok$/) });

    world.api.setFaults({ signedOut: false });
    world.restart();
    expect(await world.poll()).toBeNull();
    expect(world.teams.posts('operator')).toHaveLength(2);
    expect((await world.app.health()).body).toMatchObject({ signIn: 'ok' });
  });
});

it('tells a referral anew that comes back after it was gone, in a mail that is no repeat', async () => {
  world = await createWorld({
    referrals: () => ['Adatum', 'Fabrikam'].map(customer => makeReferral({ customer })),
  });
  expect(await world.poll()).toBeNull();
  const [lead] = world.api.state.referrals;
  for (const byId of [{ [String(lead?.id)]: 404 }, { [String(lead?.id)]: 404 }, {}]) {
    world.api.setFaults({ byId, hiddenFromList: true });
    world.advance(5 * MINUTE);
    expect(await world.poll()).toBeNull();
  }
  const mails = world.mail.state.mails.map(({ headers }) => [headers['x-alert-kind'], headers['message-id']]);
  expect(mails.map(([kind]) => kind)).toEqual(['new', 'new', 'gone', 'new']);
  expect(new Set(mails.map(([, id]) => id)).size).toBe(4);
});

it('fails the invocation and tells the operator once while the tables are away', async () => {
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })] });
  expect(await world.poll()).toBeNull();
  await world.tables.close();
  expect((await world.poll())?.message).toMatch(/Table Storage/);
  expect((await world.poll())?.message).toMatch(/Table Storage/);
  expect(world.teams.posts('operator')).toHaveLength(1);
  expect(world.teams.posts('sales')).toHaveLength(1);
});

it('tells the operator once when two polls run at once, of a trouble and of its end', async () => {
  world = await createWorld();
  expect(await world.poll()).toBeNull();
  const apps = [world.app, world.startApp(), world.startApp()];
  const phases = [];
  for (const down of [true, false]) {
    world.api.setFaults({ down });
    world.advance(5 * MINUTE);
    await Promise.allSettled(apps.map(app => app.poll()));
    phases.push(world.teams.posts('operator').length);
  }
  expect(phases).toEqual([1, 2]);
});

it('tells each lead once when two polls run at once', async () => {
  const customers = ['Adatum', 'Fabrikam', 'Litware'];
  world = await createWorld({ referrals: () => customers.map(customer => makeReferral({ customer })) });
  const other = world.startApp();
  await Promise.allSettled([world.app.poll(), other.poll()]);
  expect(world.teams.posts('sales')).toHaveLength(3);
  expect(world.mail.state.mails).toHaveLength(3);
});

it('tells a new lead with what the list says when the lead itself cannot be read', async () => {
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum', type: 'Shared' })] });
  world.api.setFaults({ down: 500, scope: 'get' });
  expect(await world.poll()).toBeNull();
  const [card] = world.teams.posts('sales').map(post => textOf(post.card));
  expect(card).toMatch(/New co-sell opportunity/);
  expect(card).toContain(String(world.api.state.referrals[0]?.id));
});

it('an operator’s channel that takes every alarm and never answers gets it three times at most, marked', async () => {
  world = await createWorld();
  world.teams.setFaults({ cutAfter: true }, 'operator');
  world.api.setFaults({ down: true });
  for (let minutes = 0; minutes < 60; minutes += 5) {
    await world.poll();
    world.advance(5 * MINUTE);
  }
  const posts = world.teams.posts('operator').map(({ card }) => textOf(card));
  expect(posts.map(post => /may be a repeat/.test(post))).toEqual([false, true, true]);
});

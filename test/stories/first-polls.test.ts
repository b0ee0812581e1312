import { afterEach, describe, expect, it } from 'vitest';
import { makeReferral, manyReferrals } from '../sandbox/referrals-api/make-referral.ts';
import { createCountingProxy } from '../support/counting-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('the first polls', () => {
  it('tell two new leads in Teams and by mail, and then fall silent', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' }), makeReferral({ customer: 'Fabrikam' })],
    });

    expect(await world.poll()).toBeNull();
    const cards = world.teams.posts('sales').map(({ card }) => textOf(card).split('\n')[0]);
    expect(cards.toSorted()).toEqual(['Adatum', 'Fabrikam']);
    expect(world.mail.state.mails.map(({ headers }) => headers['x-alert-kind'])).toEqual(['new', 'new']);

    world.api.resetCounts();
    expect(await world.poll()).toBeNull();
    expect(world.teams.state.posts).toHaveLength(2);
    expect(world.mail.state.mails).toHaveLength(2);
    expect(world.api.counts).toEqual({ list: 1, get: 0 });
  });

  it('write once before the first of five messages, once between two, and once after the last', async () => {
    world = await createWorld({ referrals: () => manyReferrals(150) });
    const tables = await createCountingProxy(world.tables.url);
    world.restart({
      TABLES_CONNECTION_STRING: world.tables.connectionString.replace(world.tables.url, tables.url),
      EMAIL_TO: '',
    });
    expect(await world.poll()).toBeNull();
    tables.requests.length = 0;
    world.advance(60_000);
    world.api.add(
      ...manyReferrals(5, { createdAt: Date.now() }).map((_, i) => makeReferral({ customer: `Tailspin ${i}` })),
    );

    expect(await world.poll()).toBeNull();
    expect(tables.requests.filter(({ path }) => path.includes('$batch'))).toHaveLength(6);
    await tables.close();
  });

  it('tell each of 237 referrals once, over quirky links and a duplicate', async () => {
    world = await createWorld({ referrals: () => manyReferrals(237, { createdAt: Date.now() }), pageSize: 25 });
    world.api.setFaults({ duplicates: true });

    expect(await world.poll()).toBeNull();
    expect(await world.poll()).toBeNull();
    const [digest, ...more] = world.teams.posts('sales');
    expect(more).toEqual([]);
    expect(textOf(digest?.card)).toContain('237');
    expect(world.mail.state.mails).toHaveLength(1);
  });

  it('know a referral again whose id comes in other letters', async () => {
    world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })], settings: { EMAIL_TO: '' } });
    const [referral] = world.api.state.referrals;
    expect(await world.poll()).toBeNull();
    Object.assign(referral ?? {}, { id: String(referral?.id).toUpperCase() });
    world.advance(60_000);
    expect(await world.poll()).toBeNull();
    expect(world.teams.state.posts).toHaveLength(1);
    world.api.accept(String(referral?.id));
    expect(await world.poll()).toBeNull();
    expect(world.teams.state.posts).toHaveLength(2);
  });

  it('never give the token to a foreign host, and tell what was read before', async () => {
    const foreign = await createCountingProxy('http://127.0.0.1:9');
    world = await createWorld({
      referrals: () => manyReferrals(4),
      pageSize: 2,
      nextLink: token => `${foreign.url}/v1.0/engagements/referrals?$skiptoken=${token}`,
    });

    expect((await world.poll())?.message).toContain('Partner Center');
    expect(world.teams.posts('sales')).toHaveLength(2);
    expect(foreign.requests).toEqual([]);
    expect(world.teams.posts('operator')).toHaveLength(1);
    await foreign.close();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const CATCH_ALL = { name: 'everything else', channels: ['teams'] };
const nordics = (...country: string[]) => ({ name: 'Nordics', when: { country }, channels: ['teams:nordics'] });
const benelux = (...country: string[]) => ({ name: 'Benelux', when: { country }, channels: ['teams:benelux'] });

const cards = (place: string) => world.teams.posts(place).map(({ card }) => textOf(card));
const toldOf = (place: string, customer: string) => cards(place).filter(text => text.includes(customer));
/** The settings of three regions; rules as they are written, or as text. */
const regions = (rules: unknown): Record<string, string> => ({
  TEAMS_WEBHOOK_URL_NORDICS: world.teams.webhookUrl('nordics'),
  TEAMS_WEBHOOK_URL_BENELUX: world.teams.webhookUrl('benelux'),
  EMAIL_TO: '',
  ALERT_ROUTES: typeof rules === 'string' ? rules : JSON.stringify(rules),
});
const RULES = [nordics('SE', 'NO'), benelux('NL', 'BE'), CATCH_ALL];

async function aWorld(rules: unknown = RULES): Promise<void> {
  world = await createWorld();
  world.api.add(
    makeReferral({ customer: 'Adatum', country: 'SE' }),
    makeReferral({ customer: 'Litware', country: 'BE' }),
    makeReferral({ customer: 'Fabrikam', country: 'DE' }),
  );
  world.restart(regions(rules));
}

describe('three regions and a catch-all', () => {
  it('each lead is told, escalates and ends where it belongs', async () => {
    await aWorld();
    const adatum = String(world.api.state.referrals[0]?.id);
    for (let hours = 0; hours <= 13 * 24; hours += 12) {
      expect(await world.poll()).toBeNull();
      world.advance(12 * HOUR);
    }
    world.api.accept(adatum);
    world.advance(3 * DAY);
    expect(await world.poll()).toBeNull();
    // new, three steps, and its end
    for (const [place, customer] of [
      ['nordics', 'Adatum'],
      ['benelux', 'Litware'],
      ['sales', 'Fabrikam'],
    ] as const) {
      expect(toldOf(place, customer)).toHaveLength(5);
      expect(cards(place)).toHaveLength(5);
    }
    expect(toldOf('nordics', 'Adatum').at(-1)).toMatch(/accepted/i);
    expect(toldOf('benelux', 'Litware').at(-1)).toMatch(/expired/i);
    expect(cards('nordics')[0]).toContain('Nordics');
    const answer = await world.app.detail({ id: adatum, accept: 'application/json', authorization: null });
    expect(answer.body).toMatchObject({ route: 'Nordics' });
  });

  it('moving a country tells the new channel of what is pending, and only that', async () => {
    await aWorld();
    await world.poll();
    world.advance(5 * MINUTE);
    world.restart(regions([nordics('SE', 'NO', 'BE'), benelux('NL'), CATCH_ALL]));
    await world.poll();
    expect(toldOf('nordics', 'Litware')).toHaveLength(1);
    expect(cards('nordics')).toHaveLength(2);
    expect([cards('benelux').length, cards('sales').length]).toEqual([1, 1]);
    world.advance(5 * MINUTE);
    await world.poll();
    expect(world.teams.state.posts).toHaveLength(4);
  });

  it('a channel that is refused for an hour is stood in for by the catch-all', async () => {
    await aWorld();
    world.teams.setFaults({ gone: true }, 'nordics');
    for (let gone = 0; gone <= 70; gone += 5) {
      await world.poll();
      world.advance(5 * MINUTE);
    }
    expect(toldOf('sales', 'Adatum')).toHaveLength(1);
    world.teams.setFaults({ gone: false }, 'nordics');
    for (let gone = 0; gone <= 70; gone += 5) {
      await world.poll();
      world.advance(5 * MINUTE);
    }
    expect(toldOf('nordics', 'Adatum')).toHaveLength(1);
    expect((await world.app.health()).body).toMatchObject({ untold: 0, troubles: [] });
  });
});

describe('facts that cannot be read', () => {
  it('are waited for, then the catch-all has it, and the right channel once they can be read', async () => {
    await aWorld();
    const [first] = world.api.state.referrals;
    world.api.setFaults({ byId: { [String(first?.id)]: 403 } });
    for (let poll = 1; poll <= 3; poll += 1) {
      await world.poll();
      expect(cards('nordics')).toEqual([]);
      expect(toldOf('sales', String(first?.id))).toEqual([]);
      world.advance(5 * MINUTE);
    }
    await world.poll();
    expect(toldOf('sales', String(first?.id))).toHaveLength(1);
    expect(toldOf('sales', String(first?.id))[0]).toContain('could not be read');
    world.api.setFaults({ byId: {} });
    world.advance(5 * MINUTE);
    await world.poll();
    expect(toldOf('nordics', 'Adatum')).toHaveLength(1);
  });
});

describe('rules that cannot be read', () => {
  it('leave no lead untold, tell the operator why, and fail the invocation', async () => {
    await aWorld('[{"name": "Nordics", "when": {"country": ["SE"]}, "channels": ["teams:nordics"]},]');
    const error = await world.poll();
    expect(error?.message).toMatch(/ALERT_ROUTES is no JSON: line 1/);
    expect(cards('sales')).toHaveLength(3);
    expect(cards('operator').join()).toContain('ALERT_ROUTES is no JSON');
    expect((await world.app.health()).status).toBe(200);
  });

  it('leave what was told where it was told', async () => {
    await aWorld();
    await world.poll();
    world.restart(regions('nonsense'));
    world.advance(5 * MINUTE);
    await world.poll();
    expect(cards('sales')).toHaveLength(1);
    world.advance(7 * DAY);
    await world.poll();
    expect(toldOf('nordics', 'Adatum')).toHaveLength(2);
    expect(cards('sales')).toHaveLength(2);
  });
});

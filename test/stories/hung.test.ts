import { afterEach, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createFaultProxy, type FaultProxy, type WireFault } from '../support/fault-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
const proxies: FaultProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  await world.close();
});

/** For one call of a place that is faulty, in milliseconds: what is waited for here never comes. All others have their usual time. */
const LIMIT = 250;

const PLACES = {
  tables: { setting: 'TABLES_CONNECTION_STRING', limit: 'tables', alarm: /Table Storage/ },
  'Partner Center': { setting: 'REFERRALS_API_URL', limit: 'partnerCenter', alarm: /Partner Center cannot be read/ },
  'the token endpoint': {
    setting: 'PARTNER_AUTHORITY_URL',
    limit: 'signIn',
    alarm: /Partner Center cannot be read|Sign-in/i,
  },
} as const;
type Place = keyof typeof PLACES;

/** The settings of a world in which that is wrong with these places. */
async function faulty(places: readonly Place[], fault: WireFault): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};
  for (const place of places) {
    const { setting } = PLACES[place];
    const usual = world.env[setting] ?? '';
    const origin = /http:\/\/[^/;]+/.exec(usual)?.[0] ?? '';
    const proxy = await createFaultProxy(Number(new URL(origin).port));
    proxy.fault = fault;
    proxies.push(proxy);
    settings[setting] = usual.replaceAll(origin, `http://127.0.0.1:${proxy.port}`);
  }
  return settings;
}

const FAULTS: Readonly<Record<string, WireFault>> = { hangs: 'swallow', drips: 'drip', refuses: 'cut-before' };
const CASES: readonly (readonly Place[])[] = [
  ['tables'],
  ['Partner Center'],
  ['the token endpoint'],
  ['tables', 'Partner Center'],
  ['tables', 'the token endpoint'],
  ['Partner Center', 'the token endpoint'],
];

it.each(CASES.flatMap(places => Object.keys(FAULTS).map(word => [places.join(' and '), word, places] as const)))(
  '%s: %s; the poll ends, the operator hears why, and the next good poll tells all',
  async (_, word, places) => {
    world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })], settings: { EMAIL_TO: '' } });
    expect(await world.poll()).toBeNull();
    world.api.add(makeReferral({ customer: 'Fabrikam' }));
    world.advance(5 * MINUTE);
    const limits = Object.fromEntries(places.map(place => [PLACES[place].limit, LIMIT]));
    world.restart(await faulty(places, FAULTS[word] as WireFault), limits);
    expect(await world.poll()).not.toBeNull();
    const heard = world.teams
      .posts('operator')
      .map(({ card }) => textOf(card))
      .join('\n');
    // Without a token nobody asks Partner Center anything.
    const named = places.includes('the token endpoint') ? places.filter(place => place !== 'Partner Center') : places;
    for (const place of named) expect(heard).toMatch(PLACES[place].alarm);
    if (!places.includes('tables')) expect(heard).not.toMatch(PLACES.tables.alarm);

    world.advance(20 * MINUTE);
    world.restart();
    expect((await world.app.health()).status).toBe(503);
    expect(await world.poll()).toBeNull();
    expect((await world.app.health()).status).toBe(200);
    expect(world.teams.posts('sales')).toHaveLength(2);
  },
);

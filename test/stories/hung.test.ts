import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TimeLimits } from '../../src/base/given.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createFaultProxy, type FaultProxy, type WireFault } from '../support/fault-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createVaultOnLoopback, type VaultOnLoopback } from '../support/vault-on-loopback.ts';
import { createWorld, type World } from '../support/world.ts';

/** For one call of a place that is faulty, in milliseconds: what is waited for here never comes. All others have their usual time. */
const LIMIT = 250;

/** In the order in which a poll comes to them: who stands before a place keeps it from being asked. The tables stand alone. */
const PLACES = {
  'Key Vault': { limit: 'vault', alarm: /Key Vault cannot be reached/ },
  'the managed identity': { limit: 'identity', alarm: /There is no identity to reach Key Vault with/ },
  'the token endpoint': { limit: 'signIn', alarm: /Partner Center cannot be read/ },
  'Partner Center': { limit: 'partnerCenter', alarm: /Partner Center cannot be read/ },
  tables: { limit: 'tables', alarm: /Table Storage/ },
} as const satisfies Record<string, { limit: keyof TimeLimits; alarm: RegExp }>;
type Place = keyof typeof PLACES;
const NAMES = Object.keys(PLACES) as Place[];

const SECRET = 'refresh-token';
let world: World;
let loopback: VaultOnLoopback;
let over: Readonly<Record<string, string>>;
const proxies = {} as Record<Place, FaultProxy>;

/** A setting's address, by way of a proxy that may do harm. */
async function through(place: Place, address: string): Promise<string> {
  const { port } = new URL(/https?:\/\/[^/;]+/.exec(address)?.[0] ?? '');
  proxies[place] = await createFaultProxy(Number(port));
  return address.replaceAll(`:${port}`, `:${proxies[place].port}`);
}

beforeAll(async () => {
  loopback = await createVaultOnLoopback();
  // A process looks once for its identity, and keeps a token while it lives: a quarter of an hour here.
  loopback.identity.state.lifetime = 900;
  process.env.IDENTITY_ENDPOINT = await through('the managed identity', process.env.IDENTITY_ENDPOINT ?? '');
  world = await createWorld({ settings: { EMAIL_TO: '', DIGEST_ABOVE: '1000' } });
  loopback.vault.put(SECRET, world.authority.issueRefreshToken());
  over = {
    REFRESH_TOKEN_FILE: '',
    REFRESH_TOKEN_SECRET_URL: await through('Key Vault', loopback.secretUrl(SECRET)),
    AZURE_CLIENT_ID: loopback.clientId,
    PARTNER_AUTHORITY_URL: await through('the token endpoint', world.env.PARTNER_AUTHORITY_URL ?? ''),
    REFERRALS_API_URL: await through('Partner Center', world.env.REFERRALS_API_URL ?? ''),
    TABLES_CONNECTION_STRING: await through('tables', world.env.TABLES_CONNECTION_STRING ?? ''),
  };
  world.restart(over);
  expect(await world.poll()).toBeNull();
});
afterAll(async () => {
  for (const proxy of Object.values(proxies)) await proxy.close();
  await world.close();
  await loopback.close();
});

const posts = (place: 'sales' | 'operator') => world.teams.posts(place).map(({ card }) => textOf(card));

/** Of faulty places, those that a poll meets: none behind another one. */
function met(places: readonly Place[]): readonly Place[] {
  const [first] = NAMES.filter(name => name !== 'tables' && places.includes(name));
  return [...(first ? [first] : []), ...(places.includes('tables') ? (['tables'] as const) : [])];
}

const FAULTS = { hangs: 'swallow', drips: 'drip', refuses: 'cut-before' } as const satisfies Record<string, WireFault>;
const CASES = NAMES.flatMap((place, i): Place[][] => [[place], ...NAMES.slice(i + 1).map(other => [place, other])]);

let leads = 0;

it.each(
  CASES.flatMap(places =>
    (Object.keys(FAULTS) as (keyof typeof FAULTS)[]).map(word => [places.join(' and '), word, places] as const),
  ),
)('%s: %s; the poll ends, the operator hears why, and the next good poll tells all', async (_, word, places) => {
  const heardBefore = posts('operator').length;
  const toldBefore = posts('sales').length;
  // Long after whatever was before: a trouble that is back within an hour is still the same.
  world.advance(3 * HOUR);
  leads += 1;
  world.api.add(makeReferral({ customer: `Adatum ${leads}`, expiresAt: Date.now() + 30 * DAY }));
  world.restart(over, Object.fromEntries(places.map(place => [PLACES[place].limit, LIMIT])));
  for (const place of places) proxies[place].fault = FAULTS[word];
  try {
    expect(await world.poll()).not.toBeNull();
  } finally {
    for (const place of places) proxies[place].fault = 'pass';
  }
  const heard = posts('operator').slice(heardBefore).join('\n');
  for (const place of met(places)) expect(heard).toMatch(PLACES[place].alarm);
  if (!places.includes('tables')) expect(heard).not.toMatch(PLACES.tables.alarm);

  world.advance(20 * MINUTE);
  world.restart(over);
  expect((await world.app.health()).status).toBe(503);
  expect(await world.poll()).toBeNull();
  expect((await world.app.health()).status).toBe(200);
  expect(posts('sales').slice(toldBefore)).toEqual([expect.stringContaining(`Adatum ${leads}`)]);
});

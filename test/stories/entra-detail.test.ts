import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { type LoadedFunctions, loadFunctions } from '../support/functions.ts';
import { createWorld, type World } from '../support/world.ts';

const AUDIENCE = '9f2d6a10-1c3b-4f0e-8d7a-5b6c7d8e9f00';
let world: World;
let functions: LoadedFunctions;
let known: string;
beforeEach(async () => {
  world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum Corporation' })] });
  known = String(world.api.state.referrals[0]?.id);
  const entra = {
    DETAIL_AUTH: 'entra',
    ENTRA_TENANT_ID: world.authority.tenantId,
    ENTRA_AUDIENCE: `api://${AUDIENCE}`,
    ENTRA_AUTHORITY_URL: world.authority.url,
  };
  for (const [name, value] of Object.entries({ ...world.env, ...entra })) vi.stubEnv(name, value);
  vi.resetModules();
  functions = await loadFunctions(() => import('../../functions/get-referral.ts'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const claims = () => ({
  iss: `${world.authority.url}/${world.authority.tenantId}/v2.0`,
  aud: AUDIENCE,
  exp: Math.floor(Date.now() / 1000) + 3600,
  oid: '3a3b3c3d-0000-4000-8000-000000000001',
  roles: ['Referrals.Read'],
});

const ask = (id: string, headers: Record<string, string> = {}) =>
  functions.request('getReferral', { path: `/api/referrals/${id}`, params: { id }, headers });

test('a right token opens it; the platform lets everybody through to us', async () => {
  const token = await world.authority.sign(claims());
  const { status, text } = await ask(known, { authorization: `Bearer ${token}` });
  expect([status, JSON.parse(text).id]).toEqual([200, known]);
});

test('forged identity headers open nothing, and a refusal reads the same for every id', async () => {
  const principal = { auth_typ: 'aad', claims: [{ typ: 'roles', val: 'Referrals.Read' }], role_typ: 'roles' };
  const forged = {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': '3a3b3c3d-0000-4000-8000-000000000001',
    'x-ms-token-aad-access-token': await world.authority.sign(claims()),
  };
  const wrong = await world.authority.sign({ ...claims(), roles: ['Something.Else'] });
  for (const headers of [{}, forged, { authorization: `Bearer ${wrong}` }]) {
    const answers = [];
    for (const id of [known, '00000000-0000-4000-8000-000000000000', '%2e%2e']) answers.push(await ask(id, headers));
    const [first, ...others] = answers.map(({ status, headers: { 'www-authenticate': way }, text }) => [
      status,
      way,
      text,
    ]);
    expect([401, 403]).toContain(first?.[0]);
    expect(first?.[1]).toMatch(/^Bearer/);
    for (const other of others) expect(other).toEqual(first);
  }
  expect(world.api.requests).toEqual([]);
});

test('what is not there reads like what is not ours', async () => {
  const headers = { authorization: `Bearer ${await world.authority.sign(claims())}` };
  const missing = await ask('00000000-0000-4000-8000-000000000000', headers);
  world.api.setFaults({ forbidden: true });
  const foreign = await ask(known, headers);
  expect(missing.status).toBe(404);
  expect([foreign.status, foreign.text]).toEqual([missing.status, missing.text]);
});

import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { PEOPLE, type Person } from '../sandbox/bot-connector/world.ts';
import { APP_ID, createRig, LEADS, type Rig, TENANT_ID } from './rig.ts';

const user = PEOPLE[0] as Person;
let rig: Rig;
beforeAll(async () => {
  rig = await createRig(inject('tablesConnectionString'));
  await rig.connector.install(LEADS);
  await rig.connector.say('help', LEADS);
});
afterAll(() => rig.close());

/** Somebody's message in an existing thread. */
function said(more: object = {}): Record<string, unknown> {
  const thread = rig.connector.conversation(LEADS).messages[0]?.id;
  const activity = rig.connector.activity(LEADS, user, { type: 'message', text: '<at>Referral Alerts</at> status' });
  const conversation = { ...(activity.conversation as object), id: `${LEADS};messageid=${thread}` };
  return { ...activity, conversation, ...more };
}

/** Sends it and makes sure that nothing was called because of it. */
async function sent(activity: object, options: Parameters<Rig['connector']['send']>[1] = {}): Promise<number> {
  const before = rig.connector.world.calls.length;
  const { status } = await rig.connector.send(activity, options);
  if (status !== 200) expect(rig.connector.world.calls.length).toBe(before);
  return status;
}

test('answers a right token', async () => {
  const before = rig.connector.world.calls.length;
  expect(await sent(said())).toBe(200);
  expect(rig.connector.world.calls.length).toBe(before + 1);
});

test('refuses a missing or malformed token', async () => {
  for (const authorization of [null, '', 'Bearer', 'Bearer x.y.z', 'Basic abc', `Bearer ${'a'.repeat(50)}`]) {
    expect(await sent(said(), { authorization })).toBe(401);
  }
});

test('refuses a token of another app, issuer or time', async () => {
  const now = Math.floor(Date.now() / 1000);
  const changes: Record<string, unknown>[] = [
    { aud: 'another-app' },
    { iss: 'https://sts.windows.net/x/' },
    { exp: now - 5 },
    { exp: now - 120 },
    { exp: undefined },
    { nbf: now + 3600 },
    { serviceurl: undefined },
  ];
  for (const change of changes) {
    const claims = Object.fromEntries(
      Object.entries(rig.connector.claims(change)).filter(([, value]) => value !== undefined),
    );
    expect(await sent(said(), { claims })).toBe(401);
  }
});

test('refuses a foreign key, also under a known key id, and other algorithms', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  const kid = rig.connector.signer.keys()[0]?.kid as string;
  const claims = rig.connector.claims();
  const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  const hmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid })
    .sign(new TextEncoder().encode('x'.repeat(32)));
  const none = `${base64url({ alg: 'none', kid })}.${base64url(claims)}.`;
  const emulator = await new SignJWT({
    ...claims,
    iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
    appid: APP_ID,
    ver: '1.0',
  })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(privateKey);
  for (const token of [foreign, hmac, none, emulator]) {
    expect(await sent(said(), { authorization: `Bearer ${token}` })).toBe(401);
  }
});

test('refuses another tenant, wherever it is named, and none', async () => {
  const other = '00000000-1111-4222-8333-444455556666';
  const { conversation, channelData } = said() as { conversation: object; channelData: object };
  expect(await sent(said({ conversation: { ...conversation, tenantId: other } }))).toBe(403);
  expect(await sent(said({ channelData: { ...channelData, tenant: { id: other } } }))).toBe(403);
  const { tenantId: _, ...nowhere } = conversation as { tenantId: string };
  expect(await sent(said({ conversation: nowhere, channelData: {} }))).toBe(403);
  expect(await sent(said({ channelData: { ...channelData, tenant: { id: TENANT_ID.toUpperCase() } } }))).toBe(200);
});

test('refuses service addresses that are missing, not the token’s, off the list or not https', async () => {
  const { serviceUrl: _, ...without } = said();
  expect(await sent(without)).toBe(403);
  for (const serviceUrl of [
    'http://169.254.169.254/',
    'http://smba.trafficmanager.net/emea/',
    'https://127.0.0.1.evil.example/',
    'https://user@127.0.0.1/',
    'not an address',
    '',
  ]) {
    const claims = rig.connector.claims({ serviceurl: serviceUrl });
    expect(await sent(said({ serviceUrl }), { claims })).toBe(403);
  }
  expect(await sent(said(), { claims: rig.connector.claims({ serviceurl: 'http://127.0.0.1:1/' }) })).toBe(403);
});

test('refuses other channels and bodies without an activity', async () => {
  expect(await sent(said({ channelId: 'emulator' }))).toBe(403);
  expect(await sent(said({ channelId: undefined }))).toBe(403);
  expect(await sent({})).toBe(400);
  expect(await sent([])).toBe(400);
  expect(await sent(said({ conversation: undefined, channelData: {} }))).toBe(403);
});

test('finds keys again after they changed or could not be read', async () => {
  await rig.connector.signer.rotate({ forgetOld: true });
  rig.connector.setKeysDown(true);
  rig.now += 60_000;
  expect(await sent(said())).toBe(503);
  rig.connector.setKeysDown(false);
  expect(await sent(said())).toBe(200);
});

test('does not ask for keys at every made-up key id', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  const before = rig.connector.keyReads();
  for (let i = 0; i < 20; i++) {
    const token = await new SignJWT(rig.connector.claims())
      .setProtectedHeader({ alg: 'RS256', kid: `k${i}` })
      .sign(privateKey);
    expect(await sent(said(), { authorization: `Bearer ${token}` })).toBe(401);
  }
  expect(rig.connector.keyReads() - before).toBeLessThanOrEqual(4);
});

test('never logs a token', () => {
  expect(JSON.stringify(rig.log.lines)).not.toMatch(/eyJ|Bearer/);
});

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

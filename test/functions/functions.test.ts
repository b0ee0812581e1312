import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LoadedFunctions, loadFunctions } from '../support/functions.ts';

const load = async (env: Readonly<Record<string, string>>): Promise<LoadedFunctions> => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return loadFunctions(() => import('../../functions/index.ts'));
};

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the functions', () => {
  it('are these five, each behind its lock', async () => {
    const { functions } = await load({ POLL_SCHEDULE: '0 */5 * * * *', DETAIL_AUTH: '' });
    expect(
      functions.map(({ name, trigger, methods, route, authLevel, schedule }) => [
        name,
        trigger,
        methods,
        route,
        authLevel,
        schedule,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['getReferral', 'http', ['GET'], 'referrals/{id}', 'function', null],
        ['doctor', 'http', ['GET'], 'doctor', 'function', null],
        ['health', 'http', ['GET'], 'health', 'function', null],
        ['pollReferrals', 'timer', [], null, null, '0 */5 * * * *'],
        ['teamsMessages', 'http', ['POST'], 'messages', 'anonymous', null],
      ]),
    );
    expect(functions).toHaveLength(5);
  });

  it('leave the check of the caller to the app with DETAIL_AUTH=entra', async () => {
    const { functions } = await load({ POLL_SCHEDULE: '0 */5 * * * *', DETAIL_AUTH: 'entra' });
    expect(functions.find(({ name }) => name === 'getReferral')?.authLevel).toBe('anonymous');
  });
});

describe('with bad settings', () => {
  const bad = {
    POLL_SCHEDULE: '0 */5 * * * *',
    PARTNER_TENANT_ID: 'nonsense',
    TEAMS_WEBHOOK_URL: 'https://contoso.webhook.office.com/x',
  };

  it('the poll fails and names them all', async () => {
    const { runTimer } = await load(bad);
    await expect(runTimer('pollReferrals')).rejects.toThrow(/PARTNER_TENANT_ID.*TEAMS_WEBHOOK_URL/s);
  });

  it('health is bad and names them, without their values', async () => {
    const { request } = await load(bad);
    const { status, text } = await request('health', { path: '/api/health' });
    expect(status).toBe(503);
    expect(text).toContain('PARTNER_TENANT_ID');
    expect(JSON.parse(text)).toMatchObject({
      lastGoodPollAt: null,
      undelivered: 0,
      signIn: expect.not.stringMatching(/^ok$/),
    });
    expect(text).not.toContain('nonsense');
    expect(text).not.toContain('contoso.webhook');
  });

  it('nobody gets a referral', async () => {
    const { request } = await load({ ...bad, DETAIL_AUTH: 'entra' });
    const answer = await request('getReferral', { path: '/api/referrals/x', params: { id: 'x' } });
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

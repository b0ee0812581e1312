import { describe, expect, it } from 'vitest';
import { checkOnCall } from '../../src/doctor/on-call-check.ts';
import { checkRoutes } from '../../src/doctor/routes-check.ts';
import type { ChannelKindUnderTest, SetUp, ShiftsUnderTest } from '../../src/doctor/set-up.ts';
import { readSettings } from '../../src/settings/read-settings.ts';

const HOOK = 'https://example.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=s';
const kind = (id: string, setting: string): ChannelKindUnderTest => ({ id, setting, tells: 'sales', cure: 'Mend it.' });
const KINDS = [kind('teams', 'TEAMS_WEBHOOK_URL'), kind('email', 'EMAIL_TO'), kind('bot', 'BOT_APP_ID')];

function setUp(env: Record<string, string>, shifts: SetUp['shifts'] = null): SetUp {
  return {
    reading: readSettings(env),
    source: { env, file: null, trouble: null },
    ...{ managed: false, parts: null, kinds: KINDS, channels: [], shifts, holidays: null, now: 0 },
  };
}

describe('routes', () => {
  const nordics = { name: 'Nordics', when: { country: 'SE' }, channels: ['teams:nordics'] };
  const rest = { name: 'rest', channels: ['teams'] };
  const both = { TEAMS_WEBHOOK_URL: HOOK, TEAMS_WEBHOOK_URL_NORDICS: HOOK };
  it.each([
    ['nobody', {}, 'failed', /^no channel tells sales of a referral; not set: teams, email, bot$/],
    ['no rules', { TEAMS_WEBHOOK_URL: HOOK }, 'ok', /every referral goes to teams; not set: email, bot$/],
    [
      'named channels alone',
      { TEAMS_WEBHOOK_URL_NORDICS: HOOK },
      'ok',
      /every referral goes to teams:nordics; not set: teams, email, bot$/,
    ],
    [
      'rules',
      { ...both, ALERT_ROUTES: JSON.stringify([nordics, rest]) },
      'ok',
      /^2 rules, 2 channels; not set: email, bot$/,
    ],
    [
      'a channel that nobody set',
      { TEAMS_WEBHOOK_URL: HOOK, ALERT_ROUTES: JSON.stringify([nordics, rest]) },
      'warning',
      /teams:nordics.*TEAMS_WEBHOOK_URL_NORDICS/,
    ],
    [
      'a swallowed rule',
      { ...both, ALERT_ROUTES: JSON.stringify([nordics, { ...nordics, name: 'Sweden' }, rest]) },
      'warning',
      /Sweden.*Nordics/,
    ],
    ['no catch-all', { ...both, ALERT_ROUTES: JSON.stringify([nordics]) }, 'failed', /Nordics.*when/],
    ['bad JSON', { ...both, ALERT_ROUTES: '[{]' }, 'failed', /the rules cannot be read: ALERT_ROUTES is no JSON/],
  ] as const)('%s', (_, env, state, found) => {
    const verdict = checkRoutes(setUp(env));
    expect(verdict.found).toMatch(found);
    expect(verdict.state).toBe(state);
    if (state !== 'ok') expect(verdict.cure).toMatch(/[.]$/);
  });
});

describe('on-call', () => {
  const CALENDAR = { ONCALL_CALENDAR_URL: 'https://calendar.example.com/shifts.ics', ONCALL_EMAIL_TO: 'a@example.com' };
  const mail = { EMAIL_FROM: 'b@example.com', SMTP_URL: 'smtps://mail.example.com' };
  const check = (read: ShiftsUnderTest | { problem: string }) =>
    checkOnCall(setUp({ ...CALENDAR, ...mail }, async () => read));
  const ANNA = 'Anna until Mon 1 Mar 2027, 09:00';
  const GAP = { from: '1 Mar 2027, 09:00', to: '2 Mar 2027, 09:00' };

  it('is skipped without a calendar, and where it is malformed', async () => {
    expect(await checkOnCall(setUp({}))).toMatchObject({ state: 'skipped', found: 'no calendar of shifts is set' });
    const bad = setUp({ ...CALENDAR, ...mail, ONCALL_CALENDAR_URL: 'shifts' }, async () => ({ problem: 'x' }));
    expect(await checkOnCall(bad)).toMatchObject({ state: 'skipped' });
  });

  it.each([
    [{ now: [ANNA], gap: null, withoutAddress: 0 }, 'ok', `on call now: ${ANNA}`],
    [
      { now: [], gap: GAP, withoutAddress: 0 },
      'warning',
      `nobody is on call now; nobody is from ${GAP.from} to ${GAP.to}`,
    ],
    [{ now: [ANNA], gap: null, withoutAddress: 1 }, 'warning', `on call now: ${ANNA}; 1 shift names nobody's address`],
    [
      { now: [], gap: GAP, withoutAddress: 3 },
      'warning',
      `nobody is on call now; nobody is from ${GAP.from} to ${GAP.to}; 3 shifts name nobody's address`,
    ],
  ])('%j', async (read, state, found) => {
    expect(await check(read)).toMatchObject({
      state,
      found,
      ...(state === 'warning' && { cure: expect.stringMatching(/[.]$/) }),
    });
  });

  it('names why a calendar cannot be read', async () => {
    const verdict = await check({ problem: 'the address answers with a web page' });
    expect(verdict).toMatchObject({ state: 'failed', cure: expect.stringContaining('ONCALL_CALENDAR_URL') });
    expect(verdict.found).toContain('web page');
  });
});

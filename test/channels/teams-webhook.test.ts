import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOperatorTeams, createTeamsWebhook } from '../../src/channels/teams-webhook.ts';
import { aDigest, aMessage, now, trouble, view } from '../messages/samples.ts';
import { createScriptedHttp, type ScriptedHttp } from './scripted-http.ts';

let teams: ScriptedHttp;
beforeEach(async () => {
  teams = await createScriptedHttp();
});
afterEach(() => teams.close());

const PATH =
  '/powerautomate/automations/direct/x/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=Ab-_c%3D%3d';
const options = () => ({ id: 'teams', url: `${teams.origin}${PATH}`, view, clock: () => now, timeoutMs: 2_000 });
const channel = () => createTeamsWebhook({ ...options(), audience: 'sales' });

describe('Teams webhook', () => {
  test('posts one message with one card to the very address it was given', async () => {
    expect(await channel().deliver(aMessage())).toEqual({ state: 'delivered' });
    const [request] = teams.requests;
    expect(request?.url).toBe(PATH);
    expect(request?.headers.authorization).toBeUndefined();
    const body = JSON.parse(request?.body ?? '');
    expect(Object.keys(body)).toEqual(['type', 'attachments', 'summary']);
    expect(body.summary).toMatch(/^Wide World Importers & Sons .* EUR 250,000 · answer by the end of Mon 16 Nov/);
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: { type: 'AdaptiveCard', version: '1.5' },
        },
      ],
    });
    expect(Buffer.byteLength(request?.body ?? '')).toBeLessThan(20_480);
  });

  test.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [301, 'refused'],
    [307, 'refused'],
    [400, 'rejected'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [408, 'retry'],
    [409, 'refused'],
    [410, 'refused'],
    [412, 'retry'],
    [413, 'rejected'],
    [423, 'refused'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
  ] as const)('%i is %s', async (status, state) => {
    teams.answer = { status, headers: { location: `${teams.origin}/elsewhere` }, body: 'quoted: sig=Ab-_c Importers' };
    const outcome = await channel().deliver(aMessage());
    expect(outcome.state).toBe(state);
    expect(JSON.stringify(outcome)).not.toMatch(/sig=|Importers|127\.0\.0\.1/);
    expect(teams.requests).toHaveLength(1);
  });

  const sentence = (what: string) => `Webhook message delivery failed with error: ${what}`;
  test.each([
    ['text/html', '<!DOCTYPE html><title>Sign in</title>', 'refused', 'HTTP 200 with a page, not an answer'],
    ['text/html; charset=utf-8', '', 'refused', 'HTTP 200 with a page, not an answer'],
    ['text/plain', '  <HTML><body>blocked</body></HTML>', 'refused', 'HTTP 200 with a page, not an answer'],
    ['application/xhtml+xml', '', 'refused', 'HTTP 200 with a page, not an answer'],
    ['', '<?xml version="1.0"?>\n<!DOCTYPE html><html/>', 'refused', 'HTTP 200 with a page, not an answer'],
    [
      'text/plain',
      '<!-- proxy -->\n<html><body>blocked</body></html>',
      'refused',
      'HTTP 200 with a page, not an answer',
    ],
    ['', '\uFEFF<head><title>Sign in</title></head>', 'refused', 'HTTP 200 with a page, not an answer'],
    ['', `<html>${'x'.repeat(100_000)}</html>`, 'refused', 'HTTP 200 with a page, not an answer'],
    ['', `${sentence('something else')} ${'x'.repeat(100_000)}`, 'retry', 'HTTP 200, yet it failed'],
    ['text/plain', sentence('Microsoft Teams endpoint returned HTTP error 429 with ContextId x'), 'retry', 'HTTP 429'],
    [
      'text/plain',
      sentence('Microsoft Teams endpoint returned HTTP error 413 with ContextId x'),
      'rejected',
      'HTTP 413',
    ],
    ['text/plain', sentence('Microsoft Teams endpoint returned HTTP error 404'), 'refused', 'HTTP 404'],
    ['text/plain', sentence('something else'), 'retry', 'HTTP 200, yet it failed'],
  ])('is no delivery when 200 comes as %s "%s"', async (type, body, state, reason) => {
    teams.answer = { status: 200, headers: { 'content-type': type }, body };
    expect(await channel().deliver(aMessage())).toEqual({ state, reason });
  });

  test.each(['1', 'ok', '<at>ok</at>', '<accepted/>', '{"status":"accepted"}', ''])(
    'is a delivery when 200 says "%s"',
    async body => {
      teams.answer = { status: 200, body };
      expect(await channel().deliver(aMessage())).toEqual({ state: 'delivered' });
    },
  );

  test.each([
    ['WorkflowTriggerIsNotEnabled', 'refused'],
    ['TriggerInputSchemaMismatch', 'rejected'],
    ['InvalidRequestContent', 'rejected'],
  ])('400 %s is %s, and the reason names it', async (code, state) => {
    teams.answer = { status: 400, body: JSON.stringify({ error: { code, message: 'Importers' } }) };
    expect(await channel().deliver(aMessage())).toEqual({ state, reason: `HTTP 400 ${code}` });
  });

  test.each([
    ['120', 120_000],
    ['999999999', 86_400_000],
    [new Date(now + 900 * 86_400_000).toUTCString(), 86_400_000],
    [new Date(now + 60_000).toUTCString(), 60_000],
    [new Date(now - 60_000).toUTCString(), 0],
  ])('comes back when it is told to: %s', async (value, wait) => {
    teams.answer = { status: 429, headers: { 'retry-after': value, date: new Date(now).toUTCString() } };
    expect(await channel().deliver(aMessage())).toEqual({ state: 'retry', reason: 'HTTP 429', retryAt: now + wait });
  });

  test.each(['soon', '-5', ''])('a Retry-After that says nothing names no time: "%s"', async value => {
    teams.answer = { status: 503, headers: { 'retry-after': value } };
    expect(await channel().deliver(aMessage())).toEqual({ state: 'retry', reason: 'HTTP 503' });
  });

  test('keeps its connection, also after failures', async () => {
    const teamsChannel = channel();
    for (const status of [202, 503, 202]) {
      teams.answer = { status, body: 'x'.repeat(1000) };
      await teamsChannel.deliver(aMessage());
    }
    expect(teams.connections()).toBe(1);
  });

  test('tells a digest and the operator by the same way', async () => {
    expect(await channel().deliver(aDigest(25))).toEqual({ state: 'delivered' });
    expect(await createOperatorTeams(options()).tell(trouble)).toEqual({ state: 'delivered' });
    expect(teams.requests[0]?.body).toContain('25 new referrals');
    expect(teams.requests[1]?.body).toContain('Partner Center wants a new sign-in');
  });
});

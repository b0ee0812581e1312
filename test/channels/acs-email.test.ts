import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAcsEmail, createOperatorAcs } from '../../src/channels/acs-email.ts';
import { aMessage, anEscalation, now, trouble, view } from '../messages/samples.ts';
import { type Acs, createAcs } from '../sandbox/acs/acs.ts';

let acs: Acs;
beforeEach(async () => {
  acs = await createAcs({ token: 'identity-token' });
});
afterEach(() => acs.close());

const credential = { getToken: async () => ({ token: 'identity-token', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const options = () => ({
  id: 'email',
  to: ['sales@example.com', 'desk@example.com'],
  from: 'alerts@contoso.com',
  endpoint: acs.url,
  credential,
  view,
  clock: () => now,
  timeoutMs: 2_000,
  pausesMs: [1, 1],
});
const channel = () => createAcsEmail({ ...options(), audience: 'sales' });
const posts = () => acs.requests.filter(request => request.method === 'POST');
const asks = () => acs.requests.filter(request => request.method === 'GET');

describe('mail through ACS', () => {
  test('is one send to all recipients, delivered once ACS says so', async () => {
    acs.course.push('Running', 'Succeeded');
    const outcome = await channel().deliver(aMessage());
    const [operation] = [...acs.operations.values()];
    expect(outcome).toEqual({ state: 'delivered', reference: operation?.id });
    expect(posts()).toHaveLength(1);
    expect(operation?.message).toMatchObject({
      senderAddress: 'alerts@contoso.com',
      recipients: { to: [{ address: 'sales@example.com' }, { address: 'desk@example.com' }] },
      content: { subject: expect.stringContaining('[New] Wide World Importers & Sons') },
      headers: {
        'X-Referral-Id': aMessage().alert.referralId,
        'X-Alert-Kind': 'new',
        References: expect.stringMatching(/^<[0-9a-f]{40}@contoso\.com>$/),
      },
    });
  });

  test('is asked for a few times, then once a poll, and never sent again', async () => {
    const email = channel();
    const outcome = await email.deliver(aMessage());
    const reference = [...acs.operations.keys()][0] as string;
    expect(outcome).toEqual({ state: 'accepted', reference });
    expect(asks()).toHaveLength(3);
    acs.faults.push({ method: 'GET', answer: 429, headers: { 'retry-after': '60' } });
    expect(await email.confirm?.(reference)).toEqual({ state: 'accepted', reference });
    acs.faults.push({ method: 'GET', answer: 503 }, { method: 'GET', answer: 'reset' });
    expect(await email.confirm?.(reference)).toMatchObject({ state: 'accepted' });
    expect(await email.confirm?.(reference)).toMatchObject({ state: 'accepted' });
    expect(asks()).toHaveLength(6);
    acs.course.push('Succeeded');
    expect(await email.confirm?.(reference)).toEqual({ state: 'delivered', reference });
    expect(posts()).toHaveLength(1);
  });

  test('has the same operation id on every attempt, and another for every other delivery', async () => {
    acs.faults.push({ method: 'POST', answer: 503 }, { method: 'POST', answer: 'reset' });
    for (let attempt = 0; attempt < 3; attempt++) await channel().deliver(aMessage());
    await channel().deliver(anEscalation('warning', 1));
    await createAcsEmail({ ...options(), id: 'oncall-email', audience: 'on-call' }).deliver(aMessage());
    const [first, second, third, ...others] = posts().map(post => post.operationId);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  test.each(['Failed', 'Canceled'] as const)('%s is rejected, at once and when asked later', async status => {
    acs.course.push(status, status);
    const email = channel();
    const outcome = await email.deliver(aMessage());
    expect(outcome).toMatchObject({
      state: 'rejected',
      afterAcceptance: true,
      reason: expect.stringContaining(status),
    });
    expect(await email.confirm?.([...acs.operations.keys()][0] as string)).toMatchObject({ state: 'rejected' });
  });

  test.each([
    [200, 'refused'],
    [201, 'refused'],
    [400, 'rejected'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [409, 'refused'],
    [413, 'rejected'],
    [408, 'retry'],
    [412, 'retry'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
    ['reset', 'doubtful'],
    ['hang', 'doubtful'],
  ] as const)('a send that meets %s is %s, tried once', async (answer, state) => {
    acs.faults.push({ method: 'POST', answer });
    const email = createAcsEmail({ ...options(), timeoutMs: 1_500, audience: 'sales' });
    const outcome = await email.deliver(aMessage());
    expect(outcome.state).toBe(state);
    expect(JSON.stringify(outcome)).not.toMatch(/127\.0\.0\.1|identity-token|example\.com|Importers/);
    expect(posts()).toHaveLength(1);
  });

  test.each([
    [404, 'DomainNotLinked', 'refused'],
    [400, 'InvalidSenderUserName', 'refused'],
    [400, 'InvalidRecipients', 'rejected'],
  ])('%i %s is %s, and the reason names it', async (answer, code, state) => {
    acs.faults.push({ method: 'POST', answer, code });
    expect(await channel().deliver(aMessage())).toEqual({ state, reason: `ACS: HTTP ${answer} (${code})` });
  });

  test('a service that cannot be reached is tried again, and leaves no doubt', async () => {
    const email = channel();
    await acs.close();
    expect((await email.deliver(aMessage())).state).toBe('retry');
  });

  test('waits as long as ACS asks, but not in process', async () => {
    acs.faults.push({ method: 'POST', answer: 429, headers: { 'retry-after': '3600' } });
    expect(await channel().deliver(aMessage())).toMatchObject({ state: 'retry', retryAt: now + 3_600_000 });
  });

  test('what was accepted stays accepted when the question after it fails', async () => {
    acs.faults.push({ method: 'GET', answer: 500 }, { method: 'GET', answer: 500 });
    expect(await channel().deliver(aMessage())).toMatchObject({ state: 'accepted' });
    expect(posts()).toHaveLength(1);
  });

  test('goes out as another operation once its carrier closed it, in its plainest form, and when it is sent anew', async () => {
    const { key } = aMessage();
    for (const form of [
      {},
      { round: 1 },
      { round: 2 },
      { plainest: true as const },
      { plainest: true as const, round: 1 },
    ])
      await channel().deliver({ ...aMessage(), ...form });
    const ids = posts().map(post => post.operationId);
    expect(new Set(ids).size).toBe(5);
    await channel().deliver({ ...aMessage(), key, round: 1 });
    expect(posts().at(-1)?.operationId).toBe(ids[1]);
  });

  test('without a token nothing is sent', async () => {
    const failing = { getToken: () => Promise.reject(new Error('identity secret')) };
    const email = createAcsEmail({ ...options(), credential: failing, audience: 'sales' });
    const outcome = await email.deliver(aMessage());
    expect(outcome.state).toBe('retry');
    expect(JSON.stringify(outcome)).not.toContain('identity secret');
    expect(acs.requests).toHaveLength(0);
  });

  test('a reference that is no operation, or one forgotten, has no end', async () => {
    expect(await channel().confirm?.('../../x')).toMatchObject({ state: 'accepted' });
    expect(acs.requests).toHaveLength(0);
    expect(await channel().confirm?.('11111111-1111-4111-8111-111111111111')).toMatchObject({ state: 'accepted' });
  });

  test('the operator is told with one send', async () => {
    expect(await createOperatorAcs(options()).tell(trouble)).toMatchObject({ state: 'delivered' });
    expect(posts()).toHaveLength(1);
    const [operation] = [...acs.operations.values()];
    expect(operation?.message).toMatchObject({ content: { subject: expect.stringContaining('[Trouble]') } });
  });
});

import { afterEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('lets no token, webhook, contact or note into a log, an error, a card, a mail or a table', async () => {
  const note = 'Please call my assistant before noon.';
  world = await createWorld({
    referrals: () => [
      makeReferral({
        customer: 'Adatum',
        contact: { firstName: 'Robin', lastName: 'Counts' },
        notes: note,
        createdAt: Date.now() - 12 * DAY,
      }),
    ],
  });
  const id = String(world.api.state.referrals[0]?.id);
  const contacts = world.api.state.referrals.flatMap(({ customerProfile }) =>
    ((customerProfile as { team?: Record<string, unknown>[] }).team ?? []).flatMap(
      ({ lastName, email, phoneNumber }) => [lastName, email, phoneNumber],
    ),
  );
  const errors: string[] = [];
  const ask = async () => {
    const error = await world.poll();
    if (error) errors.push(`${error.message}\n${error.stack}`);
    for (const missing of ['no-such', '00000000-0000-4000-8000-000000000000'])
      errors.push(JSON.stringify(await world.app.detail({ id: missing, accept: '', authorization: null })));
  };
  await ask();
  for (const faults of [
    { down: true },
    { signedOut: true },
    { throttled: 1 },
    { brokenPage: 'foreign-host' as const },
  ]) {
    world.api.setFaults({ down: false, signedOut: false, throttled: false, brokenPage: false, ...faults });
    world.teams.setFaults({ down: true });
    world.mail.setFaults({ reject: true });
    world.advance(7 * HOUR);
    await ask();
    errors.push(
      JSON.stringify(
        await world.app
          .detail({ id, accept: '', authorization: null })
          .then(({ status, body }) => (status === 200 ? '' : body)),
      ),
    );
  }
  world.authority.setFaults({ invalidGrant: true });
  world.advance(2 * HOUR);
  await ask();

  const everything = {
    logs: JSON.stringify(world.log.lines),
    errors: errors.join('\n'),
    cards: JSON.stringify(world.teams.state.posts.map(({ card }) => card)),
    mails: JSON.stringify(world.mail.state.mails.map(({ subject, text, html }) => [subject, text, html])),
    tables: await world.tableText(),
  };
  expect(everything.tables).toContain(id);
  const tokens = [
    ...world.authority.state.refreshTokens.keys(),
    ...world.api.requests.flatMap(({ token }) => token ?? []),
  ];
  const webhooks = ['sales', 'oncall', 'operator'].map(channel => new URL(world.teams.webhookUrl(channel)));
  const secrets = [
    ...tokens,
    ...webhooks.flatMap(url => [url.pathname, url.search.slice(1)]),
    world.env.PARTNER_CLIENT_SECRET ?? '',
    note,
    ...contacts.filter(text => typeof text === 'string'),
  ].filter(text => text !== '');
  expect(tokens.length).toBeGreaterThan(1);
  expect(contacts).toContain('Counts');
  for (const [where, text] of Object.entries(everything)) {
    for (const secret of secrets) expect(text.includes(secret), `${where} holds ${secret}`).toBe(false);
  }
});

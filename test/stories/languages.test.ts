import { afterEach, expect, it } from 'vitest';
import { DAY } from '../../src/base/instant.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const CARD = 'application/vnd.microsoft.card.adaptive+json';

async function aWorldIn(language: string): Promise<string> {
  world = await createWorld({
    referrals: () => [makeReferral({ customer: 'Adatum', createdAt: Date.now() - DAY })],
    settings: { ALERT_LANGUAGE: language },
  });
  return String(world.api.state.referrals[0]?.id);
}

it('tells sales in the language that is set: cards, mails and the details', async () => {
  const id = await aWorldIn('nl');
  await world.poll();
  const [post] = world.teams.state.posts;
  expect(JSON.stringify(post)).toContain('Nieuwe lead');
  const [mail] = world.mail.state.mails;
  expect(mail?.subject).toMatch(/^\[Nieuw\] Adatum/);
  expect(mail?.html).toContain('<html lang="nl">');
  const { body } = await world.app.detail({ id, accept: CARD, authorization: null });
  expect(JSON.stringify(body)).toContain('Onbeantwoorde lead');
});

it('tells them in English where there is no such language, and the operator which there are, in English', async () => {
  await aWorldIn('sv');
  expect(String(await world.poll())).toMatch(/ALERT_LANGUAGE must be one of: en, de, fr, es, nl, pl, tr, ja/);
  const told = JSON.stringify(world.teams.state.posts);
  expect(told).toContain('New lead');
  expect(told).toContain('en, de, fr, es, nl, pl, tr, ja');
});

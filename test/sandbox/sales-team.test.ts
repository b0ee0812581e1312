import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { messageViews, referralViews } from './console/build-views.ts';
import { ON_CALL_ADDRESSES } from './on-call-calendar.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';
import { isOnCall, toldByReferral } from './told.ts';

const RULES = [
  { name: 'Benelux', when: { country: ['NL', 'BE'] }, channels: ['teams:benelux', 'email:benelux'] },
  { name: 'everything else', channels: ['teams'] },
];

let sandbox: Sandbox;

beforeAll(async () => {
  vi.stubEnv('ALERT_ROUTES', JSON.stringify(RULES));
  vi.stubEnv('EMAIL_TO_BENELUX', 'Benelux@contoso.example.com');
  sandbox = await createSandbox();
  const { driver } = await sandbox.startApp({ consoleUrl: null });
  await driver.poll();
  // On a busy machine the first one may have found the tables asleep.
  await driver.poll();
});

afterAll(async () => {
  await sandbox?.close();
  vi.unstubAllEnvs();
});

it('the page shows which rule took a lead, and its card in that rule’s channel', () => {
  const views = referralViews(sandbox).filter(({ pending }) => pending);
  const rulesOf = (place: RegExp) => views.filter(view => place.test(view.place ?? '')).map(({ rule }) => rule);
  expect(rulesOf(/NL$/)).toEqual(['Benelux']);
  expect(new Set(rulesOf(/(DE|GB|US|CA)$/))).toEqual(new Set(['everything else']));
  const dutch = views.find(({ place }) => place?.endsWith('NL'));
  expect(dutch?.told).toEqual(['Mail (benelux)', 'Teams (benelux)']);
  const cards = messageViews(sandbox).filter(({ card }) => JSON.stringify(card).includes(String(dutch?.customer)));
  expect(cards.map(({ place }) => place)).toEqual(['benelux']);
  expect(
    toldByReferral(sandbox)
      .get(String(dutch?.id))
      ?.map(({ channel }) => channel),
  ).toEqual(['teams:benelux', 'email:benelux']);
});

it('two people take turns on call, and whoever is on shift has the mail', () => {
  const mail = sandbox.mail.state.mails.filter(isOnCall).at(-1);
  expect(mail?.recipients).toHaveLength(1);
  expect(ON_CALL_ADDRESSES).toContain(mail?.recipients[0]);
  const card = sandbox.teams.posts('oncall').at(-1);
  expect(JSON.stringify(card?.card)).toMatch(/On call now: (Megan Bowen|Alex Wilber) until/);
});

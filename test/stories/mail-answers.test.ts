import { afterEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import { type Acs, createAcs } from '../sandbox/acs/acs.ts';
import { createManagedIdentity } from '../sandbox/key-vault/managed-identity.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { takeIdentity } from '../support/platform-identity.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let acs: Acs | null = null;
afterEach(async () => {
  await world.close();
  await acs?.close();
  acs = null;
});

const ONLY_MAIL = { TEAMS_WEBHOOK_URL: '', ONCALL_TEAMS_WEBHOOK_URL: '' };
const operator = () =>
  world.teams
    .posts('operator')
    .map(({ card }) => textOf(card))
    .join('\n---\n');

/** Polls every five minutes for so long, both ends included. */
async function pollFor(minutes: number): Promise<void> {
  for (let passed = 0; ; passed += 5) {
    expect(await world.poll()).toBeNull();
    if (passed >= minutes) return;
    world.advance(5 * MINUTE);
  }
}

describe('mail through ACS', () => {
  /** One lead with so long to go, to be told by mail through ACS alone. */
  async function aWorld(left: number): Promise<Acs> {
    const identity = await createManagedIdentity();
    await takeIdentity(identity.environment);
    const made = await createAcs();
    acs = made;
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum', expiresAt: Date.now() + left })],
      settings: { ...ONLY_MAIL, SMTP_URL: '', ACS_ENDPOINT: made.url },
    });
    return made;
  }
  const sent = () => [...(acs?.operations.values() ?? [])].map(({ message }) => JSON.stringify(message));

  it.each([
    [10 * DAY, 60],
    [2 * 60 * MINUTE, 30],
  ])(
    'that stays Running, with %i ms left, is a trouble after %i minutes, sent anew once, marked, and then told by doubt',
    async (left, minutes) => {
      await aWorld(left);
      await pollFor(minutes - 5);
      expect(sent()).toHaveLength(1);
      world.advance(5 * MINUTE);
      await pollFor(0);
      expect(sent()).toHaveLength(2);
      expect(sent()[0]).not.toMatch(/may be a repeat/i);
      expect(sent()[1]).toMatch(/may be a repeat/i);
      expect(operator()).toContain('does not say what became of its mails');
      world.advance(5 * MINUTE);
      await pollFor(minutes);
      expect(sent().filter(mail => mail.includes('Adatum')).length).toBeLessThanOrEqual(2);
      expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
    },
  );

  it('holds for a summary as well: without an end it is a trouble, sent anew once, marked', async () => {
    const { course } = await aWorld(10 * DAY);
    course.push('Succeeded');
    world.restart({ SUMMARY_AT: 'Mon-Sun 08:30' });
    const summaries = () => sent().filter(mail => mail.includes('[Summary]'));
    world.moveTo('2027-03-02T08:30:00Z');
    await pollFor(0);
    world.advance(55 * MINUTE);
    await pollFor(0);
    expect(summaries()).toHaveLength(1);
    world.advance(5 * MINUTE);
    await pollFor(0);
    expect(summaries()).toHaveLength(2);
    expect(summaries()[0]).not.toMatch(/may be a repeat/i);
    expect(summaries()[1]).toMatch(/may be a repeat/i);
    expect(operator()).toContain('does not say what became of its mails');
    world.advance(120 * MINUTE);
    await pollFor(10);
    expect(summaries()).toHaveLength(2);
  });

  it.each(['Failed', 'Canceled'] as const)(
    'that ends as %s follows in its plainest form, as another operation',
    async end => {
      const { course, operations } = await aWorld(10 * DAY);
      await pollFor(0);
      course.push(end, 'Succeeded');
      world.advance(5 * MINUTE);
      await pollFor(5);
      expect([...operations.values()].map(({ status }) => status)).toEqual([end, 'Succeeded']);
      expect(sent()[0]).toContain('Adatum');
      expect(sent()[1]).not.toContain('Adatum');
      expect(sent()[1]).toContain(String(world.api.state.referrals[0]?.id));
      expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
    },
  );

  it('whose domain is not linked for one poll is told when it is', async () => {
    const { faults } = await aWorld(10 * DAY);
    faults.push({ method: 'POST', answer: 404, code: 'DomainNotLinked' });
    await pollFor(0);
    expect(sent()).toEqual([]);
    expect(operator()).toContain('email (sales) takes nothing from us');
    expect(operator()).toContain('DomainNotLinked');
    world.advance(60 * MINUTE);
    await pollFor(0);
    expect(sent()).toHaveLength(1);
  });
});

describe('mail over SMTP', () => {
  it('to two, one of them greylisted, reaches that one too, alone', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' })],
      settings: { ...ONLY_MAIL, EMAIL_TO: 'sales@contoso.example.com,desk@contoso.example.com' },
    });
    world.mail.setFaults({ greylist: ['desk@contoso.example.com'] });
    await pollFor(5);
    expect(world.mail.state.mails.map(({ recipients }) => recipients)).toEqual([['sales@contoso.example.com']]);
    expect((await world.app.health()).body).toMatchObject({ undelivered: 0 });
    world.mail.setFaults({ greylist: false });
    world.advance(15 * MINUTE);
    await pollFor(10);
    expect(world.mail.state.mails.map(({ recipients }) => recipients)).toEqual([
      ['sales@contoso.example.com'],
      ['desk@contoso.example.com'],
    ]);
    expect(await world.tableText()).not.toMatch(/(sales|desk)@/);
  });

  it('to two, one of them put off for more than twenty minutes, is a trouble, and over when that one has it', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' })],
      settings: { ...ONLY_MAIL, EMAIL_TO: 'sales@contoso.example.com,desk@contoso.example.com' },
    });
    world.mail.setFaults({ greylist: ['desk@contoso.example.com'] });
    await pollFor(15);
    expect(operator()).toBe('');
    await pollFor(15);
    expect(operator()).toContain('email (sales) does not reach some of its recipients yet');
    world.mail.setFaults({ greylist: false });
    world.advance(60 * MINUTE);
    await pollFor(0);
    expect(operator()).toContain('email (sales) reaches all its recipients again');
    expect(operator()).not.toContain('@');
  });

  it('to three, two of them refused for good, is a trouble that names how many, and is not sent again', async () => {
    world = await createWorld({
      referrals: () => [makeReferral({ customer: 'Adatum' })],
      settings: { ...ONLY_MAIL, EMAIL_TO: 'a@contoso.example.com,b@contoso.example.com,c@contoso.example.com' },
    });
    world.mail.setFaults({ reject: ['b@contoso.example.com', 'c@contoso.example.com'] });
    await pollFor(10);
    expect(world.mail.state.mails).toHaveLength(1);
    expect(operator()).toContain('does not reach 2 recipients');
    expect(operator()).not.toContain('@');
  });

  it('whose connection is cut after the dot says the next time that it may be a repeat', async () => {
    world = await createWorld({ referrals: () => [makeReferral({ customer: 'Adatum' })], settings: ONLY_MAIL });
    world.mail.setFaults({ cutAfterData: true, times: 1 });
    await pollFor(10);
    const [first, second, ...more] = world.mail.state.mails;
    expect(first?.text).not.toMatch(/may be a repeat/i);
    expect(second?.text).toMatch(/may be a repeat/i);
    expect(second?.headers['message-id']).toBe(first?.headers['message-id']);
    expect(more).toEqual([]);
  });
});

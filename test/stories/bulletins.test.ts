import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import { createMailSink } from '../sandbox/mail-sink/mail-sink.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { createFaultProxy } from '../support/fault-proxy.ts';
import { textOf } from '../support/read-card.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const BERLIN = { ALERT_TIME_ZONE: 'Europe/Berlin', TEAMS_WEBHOOK_URL: '', ONCALL_TEAMS_WEBHOOK_URL: '' };
const REPORTS = { REPORT_AT: 'Mon 08:00', REPORT_EMAIL_TO: 'managers@contoso.example.com' };
const SUMMARIES = { SUMMARY_AT: 'Mon-Sun 08:30' };

const mails = (kind: string) => world.mail.state.mails.filter(({ headers }) => headers['x-alert-kind'] === kind);
const momentsOf = (kind: string) => mails(kind).map(({ at }) => new Date(at).toISOString());

async function aWorld(now: string, settings: Record<string, string>): Promise<void> {
  world = await createWorld({ now, settings: { ...BERLIN, ...settings } });
}

describe('over a change of the clock', () => {
  it.each([
    // Clocks go forward on Sunday 28 March 2027, and back on Sunday 31 October.
    {
      from: '2027-03-27T05:00:00Z',
      until: '2027-03-30T08:00:00Z',
      summaries: ['2027-03-27T07:30', '2027-03-28T06:30', '2027-03-29T06:30', '2027-03-30T06:30'],
      report: '2027-03-29T06:00',
    },
    {
      from: '2027-10-30T04:00:00Z',
      until: '2027-11-02T09:00:00Z',
      summaries: ['2027-10-30T06:30', '2027-10-31T07:30', '2027-11-01T07:30', '2027-11-02T07:30'],
      report: '2027-11-01T07:00',
    },
  ])('each is told once, at its time on the clock: from $from', async ({ from, until, summaries, report }) => {
    await aWorld(from, { ...REPORTS, ...SUMMARIES });
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - HOUR, value: 5000, currency: 'EUR' }));
    // Every six hours, and a minute before and at each moment that is named.
    const moments = [...summaries, report].map(text => Date.parse(`${text}:00Z`)).flatMap(at => [at - MINUTE, at]);
    for (let at = Date.parse(from); at <= Date.parse(until); at += 6 * HOUR) moments.push(at);
    for (const at of moments.toSorted((a, b) => a - b)) {
      world.moveTo(new Date(at).toISOString());
      expect(await world.poll()).toBeNull();
    }
    expect(momentsOf('summary')).toEqual(summaries.map(text => `${text}:00.000Z`));
    expect(momentsOf('report')).toEqual([`${report}:00.000Z`]);
    expect(mails('report')[0]?.text).toContain('Value answered');
    expect(mails('report')[0]?.recipients).toEqual(['managers@contoso.example.com']);
  });
});

describe('a summary', () => {
  it('is each channel its own, most urgent first, says who has claimed which, and is none when nothing waits', async () => {
    const rules = [
      { name: 'Nordics', when: { country: ['SE'] }, channels: ['email:north'] },
      { name: 'everything else', channels: ['email'] },
    ];
    await aWorld('2027-03-01T05:00:00Z', {
      ...SUMMARIES,
      EMAIL_TO_NORTH: 'north@contoso.example.com',
      ALERT_ROUTES: JSON.stringify(rules),
    });
    world.api.add(
      makeReferral({ customer: 'Adatum', country: 'DE', createdAt: Date.now() - DAY }),
      makeReferral({ customer: 'Fabrikam', country: 'DE', createdAt: Date.now() - 9 * DAY }),
      makeReferral({ customer: 'Litware', country: 'SE', createdAt: Date.now() - DAY }),
    );
    await world.poll();
    world.advance(3 * HOUR);
    await world.poll();
    const [first, second] = mails('summary').toSorted((a, b) => a.to.join().localeCompare(b.to.join()));
    expect(first?.text).toContain('Litware');
    expect(first?.text).not.toMatch(/Adatum|Fabrikam/);
    expect(second?.subject).toMatch(/^\[Summary\] 2 referrals unanswered, most urgent: /);
    expect(second?.text.indexOf('Fabrikam')).toBeLessThan(second?.text.indexOf('Adatum') ?? 0);

    for (const { id } of world.api.state.referrals) world.api.accept(String(id));
    await world.poll();
    // What comes after its time waits for the next one.
    world.moveTo('2027-03-02T07:40:00Z');
    world.api.add(makeReferral({ customer: 'Contoso', createdAt: Date.now() - MINUTE }));
    await world.poll();
    await world.poll();
    expect(mails('summary')).toHaveLength(2);
  });

  it('comes late rather than never within its day, says so, and not on another', async () => {
    await aWorld('2027-03-01T05:00:00Z', SUMMARIES);
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - DAY }));
    await world.poll();
    world.moveTo('2027-03-01T20:00:00Z');
    await world.poll();
    expect(mails('summary')).toHaveLength(1);
    expect(mails('summary')[0]?.text).toContain('This comes late: it was due Mon 1 Mar, 08:30.');
    world.moveTo('2027-03-03T00:30:00Z');
    await world.poll();
    expect(mails('summary')).toHaveLength(1);
  });

  it('that a channel does not take is sent again, once more', async () => {
    await aWorld('2027-03-01T05:00:00Z', SUMMARIES);
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - DAY }));
    await world.poll();
    world.advance(3 * HOUR);
    world.mail.setFaults({ down: true });
    await world.poll();
    expect(mails('summary')).toEqual([]);
    world.mail.setFaults({ down: false });
    for (let n = 0; n < 3; n += 1) {
      world.advance(5 * MINUTE);
      await world.poll();
    }
    expect(mails('summary')).toHaveLength(1);
  });
});

describe('a process that dies between mark and send', () => {
  it('costs at most one repeat, which says that it is one', async () => {
    await aWorld('2027-03-01T05:00:00Z', SUMMARIES);
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - DAY }));
    await world.poll();
    world.advance(3 * HOUR);
    // It dies while it waits for the mail server: nothing that it still finds out reaches the tables.
    const life = await createFaultProxy(Number(new URL(world.tables.url).port));
    world.restart({ TABLES_CONNECTION_STRING: tablesConnectionString(`http://127.0.0.1:${life.port}`) });
    world.mail.setFaults({ hang: true });
    void world.app.poll().catch(() => null);
    await expect.poll(() => world.mail.state.refused).toHaveLength(1);
    await life.close();
    expect(await world.tableText()).toMatch(/summary:2027-03-01[^}]*sending/);
    const another = await createMailSink();
    try {
      world.restart({ SMTP_URL: another.url });
      const told = () => another.state.mails.filter(({ headers }) => headers['x-alert-kind'] === 'summary');
      world.advance(5 * MINUTE);
      await world.poll();
      expect(told()).toEqual([]);
      for (const wait of [6 * MINUTE, HOUR, HOUR]) {
        world.advance(wait);
        await world.poll();
      }
      expect(told()).toHaveLength(1);
      expect(told()[0]?.text).toContain('This may be a repeat');
    } finally {
      await another.close();
    }
  });
});

describe('a report', () => {
  it('of a period that ended before the first poll is none; a late one covers the same seven days', async () => {
    await aWorld('2027-03-03T05:00:00Z', REPORTS);
    world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - DAY, value: 5000, currency: 'EUR' }));
    await world.poll();
    world.advance(HOUR);
    await world.poll();
    expect(mails('report')).toEqual([]);
    world.api.accept(String(world.api.state.referrals[0]?.id));
    await world.poll();
    world.moveTo('2027-03-11T12:00:00Z');
    await world.poll();
    await world.poll();
    expect(mails('report')).toHaveLength(1);
    const [mail] = mails('report');
    const { subject = '', text = '', html = '', headers } = mail ?? {};
    expect(subject).toBe('[Report] Referrals, Mon 1 Mar to Mon 8 Mar: 1 received, 1 answered, 0 expired');
    expect(text).toContain('This comes late: it was due Mon 8 Mar, 08:00.');
    expect(text).toMatch(/Value answered: +EUR 5,000/);
    expect(html).toContain('bgcolor="#2e8b57"');
    expect(html).not.toMatch(/<img|src=/);
    expect(headers?.['auto-submitted']).toBe('auto-generated');
  });

  it('in Teams is a card, and its channel in trouble is told to the operator', async () => {
    await aWorld('2027-03-01T05:00:00Z', {
      REPORT_AT: 'Mon 08:00',
      OPERATOR_TEAMS_WEBHOOK_URL: '',
      OPERATOR_EMAIL_TO: 'operator@contoso.example.com',
    });
    const settings = { REPORT_TEAMS_WEBHOOK_URL: world.teams.webhookUrl('benelux') };
    world.restart(settings);
    await world.poll();
    world.moveTo('2027-03-08T08:00:00Z');
    world.teams.setFaults({ gone: true }, 'benelux');
    await world.poll();
    expect(
      mails('operator')
        .map(({ subject }) => subject)
        .join(),
    ).toContain('Teams (report) does not take the report');
    world.teams.setFaults({ gone: false }, 'benelux');
    world.advance(HOUR);
    world.restart(settings);
    await world.poll();
    const [post] = world.teams.posts('benelux');
    expect(textOf(post?.card ?? {})).toMatch(/Received|Day by day/);
    expect(world.teams.posts('benelux')).toHaveLength(1);
  });
});

it('a summary waits for no other channel', async () => {
  await aWorld('2027-03-01T05:00:00Z', { ...SUMMARIES, EMAIL_TO: '', ALERT_ROUTES: JSON.stringify(RULES) });
  let isHeld = false;
  /** A channel that answers when the other one has been told. */
  const patient = createServer(async (_, response) => {
    while (isHeld && world.teams.posts('sales').length < 2) await sleep(20);
    response.writeHead(202).end();
  }).listen(0, '127.0.0.1');
  await once(patient, 'listening');
  const { port } = patient.address() as AddressInfo;
  const north = world.teams.webhookUrl('sales');
  world.restart({ TEAMS_WEBHOOK_URL: `http://127.0.0.1:${port}/`, TEAMS_WEBHOOK_URL_NORTH: north });
  world.api.add(makeReferral({ customer: 'Adatum', createdAt: Date.now() - HOUR }));
  expect(await world.poll()).toBeNull();
  isHeld = true;
  world.advance(3 * HOUR);
  expect(await world.poll()).toBeNull();
  const told = world.log.lines
    .filter(({ event }) => event === 'bulletin')
    .map(({ fields }) => JSON.parse(JSON.stringify(fields)).outcome);
  expect(told).toEqual(['delivered', 'delivered']);
  patient.closeAllConnections();
  patient.close();
});

const RULES = [{ name: 'everything', channels: ['teams', 'teams:north'] }];

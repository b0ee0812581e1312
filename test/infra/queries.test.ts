import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/base/instant.ts';
import { LOG_EVENTS } from '../../src/base/log-events.ts';
import type { OutcomeState } from '../../src/model/channel.ts';
import { makeReferral } from '../sandbox/referrals-api/make-referral.ts';
import { createWorld, type World } from '../support/world.ts';

const FOLDER = 'infra/queries';
const queryOf = (name: string) => readFileSync(`${FOLDER}/${name}.kql`, 'utf8');
const NAMES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.kql'))
  .map(name => name.replace(/\.kql$/, '').replaceAll('\\', '/'));

let world: World | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function polls(times: number): Promise<void> {
  for (let poll = 0; poll < times; poll += 1) {
    await world?.poll();
    world?.advance(5 * MINUTE);
  }
}

const lead = (customer: string, age = 0) => makeReferral({ customer, createdAt: Date.now() - age });

describe('the queries ask for what the app logs', () => {
  test.each(NAMES)('%s', name => {
    const query = queryOf(name);
    const events = Object.keys(LOG_EVENTS).filter(event => query.includes(`'${event}'`));
    const known = new Set<string>(['event', ...events.flatMap(event => LOG_EVENTS[event as keyof typeof LOG_EVENTS])]);
    const asked = [...query.matchAll(/\bentry\.(\w+)/g)].map(match => match[1] ?? '');
    expect(asked.filter(field => !known.has(field))).toEqual([]);
    expect(query.includes('AppRequests') || events.length > 0).toBe(true);
  });

  test('and the app logs what the list says', async () => {
    world = await createWorld({ referrals: () => [lead('Contoso'), lead('Fabrikam', 12 * DAY)] });
    await polls(2);
    world.api.setFaults({ forbidden: true });
    await polls(1);
    world.authority.setFaults({ mfaRequired: true });
    world.restart();
    await polls(1);
    const written = new Map<string, Set<string>>();
    for (const { event, fields } of world.log.lines) {
      written.set(event, new Set([...(written.get(event) ?? []), ...Object.keys(fields)]));
    }
    for (const event of [
      'poll-finished',
      'poll-failed',
      'delivery',
      'operator-alarm',
      'sign-in.needed',
      'partner-center.refused',
    ] as const) {
      expect([...(written.get(event) ?? [])], event).toEqual(expect.arrayContaining([...LOG_EVENTS[event]]));
    }
  });
});

/** Whether somebody has to look into it. */
const STATES: Readonly<Record<OutcomeState, boolean>> = {
  ...{ delivered: false, accepted: false },
  ...{ retry: true, doubtful: true, rejected: true, refused: true },
};

test.each([
  ['alerts', Object.keys(STATES)],
  ['failures', Object.keys(STATES).filter(state => STATES[state as OutcomeState])],
])('the workbook leaves out no outcome: %s', (name, states) => {
  for (const state of states) expect(queryOf(`workbook/${name}`)).toContain(`'${state}'`);
});

describe('the alarms', () => {
  const template = readFileSync('infra/modules/alarms.bicep', 'utf8');
  const alarms = NAMES.filter(name => name.startsWith('alarms/')).map(name => name.slice('alarms/'.length));

  test.each(alarms)('%s: its rule measures a column that the query gives', name => {
    const [, text = ''] = template.split(`    name: '${name}'`);
    const [, column = 'none'] = /column: '(\w+)'/.exec(text) ?? [];
    expect(text).toContain(`loadTextContent('../queries/alarms/${name}.kql')`);
    expect(queryOf(`alarms/${name}`)).toMatch(new RegExp(`(summarize|project|extend)[^|]*\\b${column}\\b`));
  });

  test('name functions that exist', () => {
    const registered = readdirSync('functions')
      .map(name => readFileSync(`functions/${name}`, 'utf8'))
      .join('\n');
    for (const name of ['pollReferrals', 'getReferral', 'teamsMessages']) expect(registered).toContain(`'${name}'`);
  });
});

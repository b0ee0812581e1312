import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferralsClient } from '../../src/partner-center/client.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { type ScriptedServer, scriptedServer } from './scripted-server.ts';

/** How many mutated bodies of each kind; the environment may ask for thousands. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

let body: Buffer = Buffer.alloc(0);
let server: ScriptedServer;
beforeAll(async () => {
  server = await scriptedServer(response => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  });
});
afterAll(() => server.close());

const client = () =>
  createReferralsClient({
    apiUrl: server.url,
    filter: "substatus eq 'Pending'",
    tokens: { get: async () => 't', refresh: async () => 't' },
    log: keepingLog(),
    clock: Date.now,
    pauseMs: 0,
    timeoutMs: 5_000,
  });

const DATES = [
  '9999-12-31T23:59:59Z',
  '0001-01-01',
  '2026-02-30T00:00:00Z',
  '2026-11-24',
  '/Date(1)/',
  '24.11.2026',
  'x',
];
const WORDS = ['', ' ', 'Open', 'PENDING', 'pending ', 'Paused', 'null', '\u202eNew', 'New\u0000', '__proto__', '..'];
const junk = fc.oneof(
  fc.constantFrom<unknown>(...DATES, ...WORDS),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '&#xD800;',
    'A'.repeat(50_000),
    '&'.repeat(9_999),
    '<>'.repeat(999),
  ),
  fc.constant(JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) as unknown),
  fc.jsonValue(),
);

const PATHS = [
  ['id'],
  ['status'],
  ['substatus'],
  ['direction'],
  ['type'],
  ['createdDateTime'],
  ['expirationDateTime'],
  ['customerProfile'],
  ['customerProfile', 'name'],
  ['customerProfile', 'team'],
  ['customerProfile', 'address'],
  ['details'],
  ['details', 'notes'],
  ['details', 'dealValue'],
  ['details', 'requirements'],
  ['consent'],
  ['inviteContext'],
  ['surprise'],
] as const;

const id = (n: number) => `0000000${n}-aaaa-4bbb-8ccc-222222222222`;
const row = (n: number) => ({
  id: id(n),
  status: 'New',
  substatus: 'Pending',
  direction: 'Incoming',
  createdDateTime: '2026-11-03T16:20:05.1234567Z',
  customerProfile: { name: 'Wide World Importers', team: [{ firstName: 'Alex' }], address: { country: 'NL' } },
  details: { notes: 'Hello', dealValue: 7, requirements: { products: [{ id: 'Azure' }] } },
});

/** The same with something else in one place, or nothing. */
function changed(resource: object, path: readonly string[], value: unknown): object {
  const [field = '', ...rest] = path;
  const inner = (resource as Record<string, unknown>)[field];
  if (rest.length > 0) return { ...resource, [field]: changed(Object(inner) as object, rest, value) };
  return { ...resource, [field]: value };
}

const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 40 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(...['"', ',', '}', ']', '\ufeff', '\\'].map(Buffer.from)),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The bytes with some of them replaced. */
function damaged(bytes: Buffer, hits: readonly { at: number; remove: number; insert: Uint8Array }[]): Buffer {
  return hits.reduce<Buffer>((all, { at, remove, insert }) => {
    const start = Math.floor(at * all.length);
    return Buffer.concat([all.subarray(0, start), insert, all.subarray(start + remove)]);
  }, bytes);
}

async function walked(): Promise<{ ids: ReadonlySet<string>; failure: Error | null }> {
  const ids = new Set<string>();
  try {
    for await (const { referrals } of client().listPending()) for (const { id } of referrals) ids.add(id);
    return { ids, failure: null };
  } catch (error) {
    return { ids, failure: error as Error };
  }
}

const KNOWN = ['PartnerCenterError', 'IncompleteWalkError'];

test('a list with one row that holds anything anywhere: all others are told', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(4),
      fc.constantFrom(...PATHS),
      fc.option(junk, { nil: undefined }),
      async (n, path, value) => {
        const rows = [0, 1, 2, 3, 4].map(row).map((each, at) => (at === n ? changed(each, path, value) : each));
        body = Buffer.from(JSON.stringify({ value: rows }));
        const { ids, failure } = await walked();
        expect(failure).toBe(null);
        for (const other of [0, 1, 2, 3, 4]) if (other !== n) expect(ids).toContain(id(other));
      },
    ),
    { numRuns: RUNS },
  );
});

test('a list with damaged bytes: each row that is whole is told, or the walk says that it failed', {
  timeout: 600_000,
}, async () => {
  const whole = Buffer.from(JSON.stringify({ value: [0, 1, 2, 3, 4].map(row) }));
  await fc.assert(
    fc.asyncProperty(damage, async hits => {
      body = damaged(whole, hits);
      const { ids, failure } = await walked();
      if (failure) {
        expect(KNOWN).toContain(failure.name);
        return;
      }
      const text = body.toString();
      for (const n of [0, 1, 2, 3, 4]) if (text.includes(JSON.stringify(row(n)))) expect(ids).toContain(id(n));
    }),
    { numRuns: RUNS },
  );
});

test('by id, with anything anywhere: it is that referral, or no answer', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PATHS), fc.option(junk, { nil: undefined }), async (path, value) => {
      body = Buffer.from(JSON.stringify(changed(row(0), path, value)));
      if (path[0] === 'id') {
        await expect(client().get(id(0))).rejects.toMatchObject({ name: 'PartnerCenterError', status: 200 });
        return;
      }
      const referral = await client().get(id(0));
      expect(referral.id).toBe(id(0));
      if (path[0] !== 'status' && path[0] !== 'substatus') expect(referral.state).toBe('pending');
      expect(referral.facts.customer?.length ?? 0).toBeLessThanOrEqual(200);
    }),
    { numRuns: RUNS },
  );
});

test('by id, with damaged bytes: it never is another one, and it always ends', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(damage, async hits => {
      body = damaged(Buffer.from(JSON.stringify(row(0))), hits);
      const outcome = await client()
        .get(id(0), { retry: false })
        .catch((error: Error) => error);
      if (outcome instanceof Error) expect(KNOWN).toContain(outcome.name);
      else expect(outcome.id.toLowerCase()).toBe(id(0));
    }),
    { numRuns: RUNS },
  );
});

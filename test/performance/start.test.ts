import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Built, buildAll } from '../bench/build.ts';
import { runProgram, type Server, startServer } from '../bench/measure.ts';
import { startBytes, startFiles } from '../bench/start-files.ts';
import { createAuthority } from '../sandbox/authority/authority.ts';

const BOT = {
  BOT_APP_ID: '2c9f4a7e-3d1b-4e5f-8a6c-7b0d9e1f2a33',
  BOT_TENANT_ID: '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11',
};

let built: Built;
let folder: string;
let standIn: Server;

beforeAll(async () => {
  built = await buildAll('start-test');
  folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-start-'));
  await writeFile(path.join(folder, 'refresh-token'), 'token\n', { mode: 0o600 });
  standIn = await startServer(built.program('server'));
});

afterAll(async () => {
  await standIn?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Polls once in a fresh process, ten referrals pending. */
function poll(more: Record<string, string>) {
  return runProgram(built.program('start'), [built.bundle, 'pollReferrals'], {
    ...SETTINGS,
    REFERRALS_API_URL: `${standIn.url}/10/api`,
    REFRESH_TOKEN_FILE: path.join(folder, 'refresh-token'),
    TABLES_CONNECTION_STRING: SETTINGS.TABLES_CONNECTION_STRING.replace(`${NOWHERE}/a`, `${standIn.url}/10/tables`),
    ...more,
  });
}

it('starts with at most 900 kB', () => {
  expect(startBytes(built.metafile)).toBeLessThanOrEqual(900_000);
});

it('starts without the words of any language, and gets those that are read by themselves', () => {
  const { outputs } = built.metafile;
  const catalogues = (file: string) =>
    Object.keys(outputs[file]?.inputs ?? {}).filter(input => /messages\/words\/[a-z]{2}\.ts$/.test(input));
  expect(startFiles(built.metafile).flatMap(catalogues)).toEqual([]);
  const chunks = Object.keys(outputs)
    .map(catalogues)
    .filter(words => words.length > 0);
  expect(chunks.map(words => words.length)).toEqual(Array(8).fill(1));
});

it('starts without what only some of its work needs', () => {
  const { outputs } = built.metafile;
  const modules = startFiles(built.metafile).flatMap(file => Object.keys(outputs[file]?.inputs ?? {}));
  const packages = new Set(modules.flatMap(file => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const late = ['@microsoft/teams-ai', 'botbuilder', 'nodemailer', '@azure/identity', '@azure/keyvault-secrets'];
  const others = ['@azure/communication-email', 'node-fetch', 'openid-client', 'jose', 'node-forge'];
  expect([...late, ...others].filter(name => packages.has(name))).toEqual([]);
});

it('loads the same modules for the other functions when a bot is configured', async () => {
  const files = async (job: string, more: Record<string, string>) =>
    (await runProgram(built.program('start'), [built.bundle, job], { ...SETTINGS, ...more, MODULES: '1' })).told.files;
  for (const job of ['import', 'health']) expect(await files(job, BOT)).toEqual(await files(job, {}));
});

it('loads nothing of fetch by only being imported', async () => {
  const { told } = await runProgram(built.program('start'), [built.bundle, 'import'], {});
  expect((told.builtins as string[]).filter(name => name.includes('undici'))).toEqual([]);
});

it('tells from the bundle, too, why a sign-in is refused', async () => {
  const authority = await createAuthority();
  try {
    authority.setFaults({ inactive: true });
    const [client] = authority.state.clients;
    const refused = poll({
      PARTNER_TENANT_ID: authority.tenantId,
      PARTNER_CLIENT_ID: client?.clientId ?? '',
      PARTNER_CLIENT_SECRET: client?.secret ?? '',
      PARTNER_AUTHORITY_URL: authority.url,
    });
    await expect(refused).rejects.toThrow(/AADSTS\d+/);
  } finally {
    await authority.close();
  }
});

const NOWHERE = 'http://127.0.0.1:9';
const SETTINGS = {
  POLL_SCHEDULE: '0 */5 * * * *',
  REFERRALS_API_URL: NOWHERE,
  PARTNER_TENANT_ID: '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11',
  PARTNER_CLIENT_ID: '5b8e3a90-1f2d-4c6b-9a7e-8d4c2b1a0f22',
  PARTNER_CLIENT_SECRET: 'test',
  REFRESH_TOKEN_FILE: '/nowhere',
  TABLES_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=${NOWHERE}/a`,
  TEAMS_WEBHOOK_URL: `${NOWHERE}/webhook`,
};

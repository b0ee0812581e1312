import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tablesConnectionString } from '../sandbox/tables.ts';
import { type Built, buildAll } from './build.ts';
import { type Server, startServer } from './measure.ts';

/** How many requests of each kind the stand-in answered, and the bytes of their bodies. */
export type Counts = Partial<Record<Kind, { readonly requests: number; readonly bytesOut: number }>>;

export type Kind = 'list' | 'get' | 'table-page' | 'table-row' | 'table-write' | 'webhook' | 'other';

export interface Bench {
  readonly built: Built;
  readonly folder: string;
  readonly standIn: Server;
  /** Settings of an app with so many pending referrals, all told and at rest. */
  env(pending: number | 'live'): Record<string, string>;
  connection(pending: number | 'live'): string;
  api(pending: number | 'live'): string;
  control(wanted: {
    reset?: boolean;
    delayMs?: number;
    live?: number;
  }): Promise<Counts & { readonly lastPostAt: number }>;
  close(): Promise<void>;
}

const TENANT = '9d4f1c52-7c3e-4a57-8f0e-2a6b1d9c3e11';
const CLIENT = '5b8e3a90-1f2d-4c6b-9a7e-8d4c2b1a0f22';

export async function createBench(): Promise<Bench> {
  const built = await buildAll();
  const folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-bench-'));
  await writeFile(path.join(folder, 'refresh-token'), 'bench\n', { mode: 0o600 });
  const standIn = await startServer(built.program('server'));
  const api = (pending: number | 'live') => `${standIn.url}/${pending}/api`;
  const connection = (pending: number | 'live') =>
    tablesConnectionString(`${standIn.url}/${pending}`).replace(
      /TableEndpoint=.*/,
      `TableEndpoint=${standIn.url}/${pending}/tables`,
    );
  return {
    built,
    folder,
    standIn,
    api,
    connection,
    env: pending => settings(folder, standIn.url, api(pending), connection(pending)),
    async control(wanted) {
      const response = await fetch(`${standIn.url}/control`, { method: 'POST', body: JSON.stringify(wanted) });
      return (await response.json()) as Counts & { readonly lastPostAt: number };
    },
    async close() {
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Settings of the measured app. Nothing is sent by SMTP: the address only makes mail a channel. */
function settings(folder: string, origin: string, api: string, connection: string): Record<string, string> {
  return {
    POLL_SCHEDULE: '0 */5 * * * *',
    REFERRALS_API_URL: api,
    PARTNER_TENANT_ID: TENANT,
    PARTNER_CLIENT_ID: CLIENT,
    PARTNER_CLIENT_SECRET: 'bench',
    PARTNER_AUTHORITY_URL: `${origin}/0`,
    REFRESH_TOKEN_FILE: path.join(folder, 'refresh-token'),
    TABLES_CONNECTION_STRING: connection,
    TEAMS_WEBHOOK_URL: `${origin}/0/webhook`,
    EMAIL_TO: 'sales@contoso.example.com',
    EMAIL_FROM: 'referral-alerts@contoso.example.com',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
}

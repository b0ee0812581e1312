import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { az } from './az.ts';
import type { Deployment } from './environment.ts';

const NAME = 'referral-alerts-sign-in';
const DAY_MS = 24 * 60 * 60 * 1_000;
const PASSED_ON = [
  'PARTNER_TENANT_ID',
  'PARTNER_CLIENT_ID',
  'REFRESH_TOKEN_SECRET_URL',
  'PARTNER_AUTHORITY_URL',
  'PARTNER_SCOPE',
  'REFERRALS_API_URL',
];

/**
 * Runs sign-in for a deployment. This machine is not the app's identity, so it takes a client secret that lives for a
 * day at most and is removed afterwards, whatever happened. Answers the exit code.
 */
export async function signIn(deployment: Deployment, args: readonly string[]): Promise<number> {
  const app = deployment.need('PARTNER_CLIENT_ID');
  const settings = PASSED_ON.flatMap(name => {
    const value = deployment.get(name);
    return value ? [[name, value]] : [];
  });
  const given = deployment.get('PARTNER_CLIENT_SECRET');
  const secret = given ?? (await makeSecret(app));
  try {
    const command = fileURLToPath(new URL('../../src/commands/sign-in.ts', import.meta.url));
    const child = spawn(process.execPath, [command, ...args], {
      env: { ...process.env, ...Object.fromEntries(settings), PARTNER_CLIENT_SECRET: secret },
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } finally {
    if (!given) await removeSecrets(app);
  }
}

function makeSecret(app: string): Promise<string> {
  const end = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
  const how = ['--append', '--display-name', NAME, '--end-date', end, '--query', 'password', '--output', 'tsv'];
  return az('ad', 'app', 'credential', 'reset', '--id', app, ...how);
}

async function removeSecrets(app: string): Promise<void> {
  const ours = JSON.parse(await az('ad', 'app', 'credential', 'list', '--id', app, '--output', 'json')) as {
    displayName?: string;
    keyId: string;
  }[];
  for (const { keyId } of ours.filter(({ displayName }) => displayName === NAME)) {
    await az('ad', 'app', 'credential', 'delete', '--id', app, '--key-id', keyId);
  }
}

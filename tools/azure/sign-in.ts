import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { az } from './az.ts';
import type { Deployment } from './environment.ts';

const NAME = 'referral-alerts-sign-in';
const DAY_MS = 24 * 60 * 60 * 1_000;
/** What sign-in reads. Whatever of it the deployment does not name is set to nothing: local.settings.json is about another set-up. */
const READ = [
  ...['PARTNER_TENANT_ID', 'PARTNER_CLIENT_ID', 'PARTNER_CLIENT_CERTIFICATE_URL', 'PARTNER_AUTHORITY_URL'],
  ...['PARTNER_SCOPE', 'REFERRALS_API_URL', 'REFRESH_TOKEN_SECRET_URL', 'REFRESH_TOKEN_FILE', 'AZURE_CLIENT_ID'],
];
/** The app's own proofs and places, which this machine has none of. */
const NOT_HERE = new Set(['PARTNER_CLIENT_CERTIFICATE_URL', 'REFRESH_TOKEN_FILE', 'AZURE_CLIENT_ID']);

/**
 * Runs sign-in for a deployment. This machine is not the app's identity, so it takes a client secret that lives for a
 * day at most and is removed afterwards, whatever happened. Answers the exit code.
 */
export async function signIn(deployment: Deployment, args: readonly string[]): Promise<number> {
  const app = deployment.need('PARTNER_CLIENT_ID');
  const settings = READ.map(name => [name, NOT_HERE.has(name) ? '' : (deployment.get(name) ?? '')]);
  const given = deployment.get('PARTNER_CLIENT_SECRET');
  // A terminal sends its Ctrl-C to both: sign-in ends by it, and what was made here is removed all the same.
  const stopped = () => {};
  for (const signal of SIGNALS) process.on(signal, stopped);
  try {
    const secret = given ?? (await makeSecret(app));
    try {
      return await runSignIn({ ...process.env, ...Object.fromEntries(settings), PARTNER_CLIENT_SECRET: secret }, args);
    } finally {
      if (!given) await removeSecrets(app);
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, stopped);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function runSignIn(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  const command = fileURLToPath(new URL('../../src/commands/sign-in.ts', import.meta.url));
  const child = spawn(process.execPath, [command, ...args], { env, stdio: 'inherit' });
  // Whoever stops only this process stops the other too.
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const [code] = (await once(child, 'close')) as [number | null];
  for (const signal of SIGNALS) process.off(signal, pass);
  return code ?? 1;
}

function makeSecret(app: string): Promise<string> {
  const end = new Date(Date.now() + DAY_MS).toISOString().replace(/\.\d+Z$/, '+00:00');
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

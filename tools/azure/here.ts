import { fileURLToPath } from 'node:url';
import { examineSettings } from '../../src/app/doctor.ts';
import { CHANNEL_KINDS } from '../../src/app/registry.ts';
import { forget } from '../../src/commands/forget.ts';
import { report } from '../../src/commands/report.ts';
import { routes } from '../../src/commands/routes.ts';
import { type Command, silentLog } from '../../src/commands/terminal.ts';
import type { CheckResult } from '../../src/doctor/verdict.ts';
import { namedSetting } from '../../src/settings/named-channels.ts';
import type { Deployment } from './environment.ts';
import { plainSettings, settingsInVault } from './settings.ts';

export interface Here {
  readonly deployment: Deployment;
  /** The repository, whose infra/routes.json holds the rules. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/**
 * Sends one test message through each webhook, pager and mail server of a deployment, or through those that these settings
 * name. Answers whether each took it.
 */
export async function testChannels(names: readonly string[], { deployment, folder, say }: Here): Promise<boolean> {
  const { ALERT_ROUTES: _, ...plain } = await plainSettings(deployment, folder);
  const settings = { ...plain, ...(await settingsInVault(deployment)) };
  const isCarried = (settings.SMTP_URL ?? '') !== '';
  // Only the app itself is the bot, and only it may send through Azure Communication Services. What else a set-up is made
  // of the deployed app examines: nobody needs to sign in or write a row for a test message.
  const left = /^(BOT|PARTNER|TABLES|REFRESH|HEARTBEAT)_|^ACS_ENDPOINT$|_CALENDAR_URL$/;
  const isWanted = (name: string) => names.length === 0 || names.includes(name) || !isChannel(name);
  const env = Object.fromEntries(
    Object.entries(settings).filter(
      ([name]) => isWanted(name) && !left.test(name) && (isCarried || !/EMAIL_(TO|FROM)/.test(name)),
    ),
  );
  for (const name of names) {
    if (!isChannel(name)) throw new Error(`${name} is no channel: name a setting such as TEAMS_WEBHOOK_URL.`);
    if (!env[name]) throw new Error(`${name} is not set there, or only the app can send through it.`);
  }
  const source = { env, file: null, trouble: null };
  const checks = await examineSettings(source, { log: silentLog, clock: Date.now }, { send: true });
  const channels = checks.filter(({ name }) => name.startsWith('channel:'));
  for (const { name, state, found, cure } of channels) {
    say(
      `${state === 'ok' ? '✓' : state === 'warning' ? '!' : '✗'} ${name}  ${found || 'not tried: its setting cannot be read, or the mail server failed before'}`,
    );
    if (cure !== '') say(`  → ${cure}`);
  }
  if (channels.length === 0) say('No webhook, pager or mail server is set.');
  if (names.length > 0) return isWell(channels);
  if (deployment.get('BOT')?.toLowerCase() === 'true') say('– the bot  only the app can speak as it: say help to it.');
  if (deployment.get('EMAIL_CARRIER')?.toLowerCase() === 'acs') {
    say('– mail  only the app may send through Azure Communication Services: the first lead or alarm shows it.');
  }
  return isWell(channels);
}

function isWell(checks: readonly CheckResult[]): boolean {
  return checks.every(({ state }) => state === 'ok' || state === 'warning');
}

/** Whether a setting switches a channel on. */
function isChannel(name: string): boolean {
  return namedSetting(name) !== null || CHANNEL_KINDS.some(({ setting }) => setting === name);
}

const KEPT: Readonly<Record<string, Command>> = { routes, report, forget };

/** Runs a command on what a deployment keeps, with its settings. Answers the exit code. */
export async function runOnKept(
  name: string,
  args: readonly string[],
  { deployment, folder, say }: Here,
): Promise<number> {
  const command = KEPT[name] as Command;
  const secrets = name === 'routes' ? await settingsInVault(deployment) : {};
  const env = { ...(await plainSettings(deployment, folder)), ...secrets, ...standIns(deployment) };
  // This machine's own settings are about another set-up.
  const none = fileURLToPath(new URL('./no-settings.json', import.meta.url));
  return await command(['--settings', none, ...args], {
    env,
    folder,
    say: (line = '') => say(line),
    print: text => void process.stdout.write(text),
    complain: line => void process.stderr.write(`${line}\n`),
  });
}

/** What the template gives the app and nobody here knows. None of these commands sends anything. */
function standIns(deployment: Deployment): Record<string, string> {
  const bot = deployment.get('TEAMS_BOT_ID');
  const tenant = deployment.get('AZURE_TENANT_ID') ?? deployment.need('PARTNER_TENANT_ID');
  const makesMail = deployment.get('EMAIL_CARRIER')?.toLowerCase() === 'acs' && deployment.get('ACS_ENDPOINT') === null;
  return {
    ...(bot === null ? {} : { BOT_APP_ID: bot, BOT_TENANT_ID: tenant }),
    ...(makesMail ? { ACS_ENDPOINT: 'https://acs.invalid', EMAIL_FROM: 'alerts@acs.invalid' } : {}),
  };
}

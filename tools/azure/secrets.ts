import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { nearest } from '../../src/base/nearest.ts';
import { SETTING_NAMES, type SettingName } from '../../src/settings/definitions.ts';
import { namedSetting } from '../../src/settings/named-channels.ts';
import { createReader, Problems } from '../../src/settings/reader.ts';
import { az } from './az.ts';
import { type Deployment, namesIn } from './environment.ts';
import { openVault, reasonOf, secretName } from './vault.ts';

/** Where values come from: a terminal, or what was piped in. */
export type Input = Readable & { readonly isTTY?: boolean };

/**
 * Puts values into the vault under the names of SETTINGS_IN_VAULT, or of the names given, and has the app read them.
 * Values are typed unseen, or come one a line on `input`; none is shown or kept elsewhere. One that the app could not
 * read is not stored. Answers whether all that were given are.
 */
export async function putSecrets(
  deployment: Deployment,
  names: readonly string[],
  input: Input,
  say: (text: string) => void,
): Promise<boolean> {
  const inVault = namesIn(deployment.get('SETTINGS_IN_VAULT'));
  const wanted = names.length > 0 ? names : inVault;
  if (wanted.length === 0) {
    say('SETTINGS_IN_VAULT names no setting: there is nothing to do.');
    return true;
  }
  for (const name of wanted) refuseUnknown(name);
  const client = openVault(deployment);
  let allStored = true;
  for await (const { name, value } of ask(wanted, input)) {
    if (value === '') {
      say(`${name}: nothing was typed, so what the vault holds stays.`);
      continue;
    }
    const fault = faultOf(name, value);
    if (fault !== null) {
      say(`${name} ${fault}. It was not stored.`);
      allStored = false;
      continue;
    }
    await client.setSecret(secretName(name), value).catch(error => {
      throw new Error(`${name}: the vault says ${reasonOf(error)}`);
    });
    say(`${name}: in the vault.`);
    if (!inVault.includes(name)) {
      const list = [...inVault, name].join(', ');
      say(`  The app does not ask for it yet: azd env set SETTINGS_IN_VAULT "${list}", then azd provision.`);
    }
  }
  await readAnew(deployment, say).catch(error => {
    const why = error instanceof Error ? error.message : 'no reason named';
    throw new Error(
      `What was typed is in the vault, but the app could not be told to read it: ${why}\nIt does so within a day, after any change of its settings, or when somebody who may change the app runs this step and types nothing.`,
    );
  });
  return allStored;
}

/** A value typed in the place of a name is never repeated. */
function refuseUnknown(name: string): void {
  if (kindOf(name) !== null) return;
  if (!/^[\w-]{1,60}$/.test(name)) {
    throw new Error(
      'Give names of settings alone, such as TEAMS_WEBHOOK_URL: values are asked for, and shown nowhere.',
    );
  }
  const near = nearest(name.replaceAll('-', '_'), SETTING_NAMES);
  throw new Error(`${name} is no setting${near === null ? '.' : `: did you mean ${near}?`}`);
}

/** The setting that this one is read like; null for none of ours. */
function kindOf(name: string): SettingName | null {
  const own = SETTING_NAMES.find(each => each === name);
  return own ?? (name === name.toUpperCase() ? namedSetting(name)?.kind : null) ?? null;
}

/** Why the app could not read that value; null when it can. */
function faultOf(name: string, value: string): string | null {
  const kind = kindOf(name);
  const problems = new Problems();
  if (kind !== null) createReader({ [name]: value }, problems, { stopsPoll: false }).likeOne(kind, name);
  return problems.list()[0]?.message ?? null;
}

/** Without this the app goes on with what it read, for up to a day. */
async function readAnew(deployment: Deployment, say: (text: string) => void): Promise<void> {
  const group = `/subscriptions/${deployment.need('AZURE_SUBSCRIPTION_ID')}/resourceGroups/${deployment.need('AZURE_RESOURCE_GROUP')}`;
  const site = `${group}/providers/Microsoft.Web/sites/${deployment.need('FUNCTION_APP_NAME')}`;
  await az(
    'rest',
    '--method',
    'post',
    '--url',
    `${site}/config/configreferences/appsettings/refresh?api-version=2022-03-01`,
  );
  say('The app reads them now.');
}

async function* ask(names: readonly string[], input: Input): AsyncGenerator<{ name: string; value: string }> {
  const isTyped = input.isTTY === true;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, terminal: isTyped, ...(isTyped ? { output: silent } : {}) });
  const each = lines[Symbol.asyncIterator]();
  try {
    for (const name of names) {
      if (isTyped) process.stderr.write(`${name} (not shown; Enter alone leaves it): `);
      const { value, done } = await each.next();
      if (isTyped) process.stderr.write('\n');
      if (done) throw new Error(`There is no value for ${name}.`);
      yield { name, value: value.trim() };
    }
  } finally {
    lines.close();
  }
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SETTING_NAMES, settingInfo } from '../../src/settings/definitions.ts';
import { type Deployment, namesIn } from './environment.ts';
import { openVault, reasonOf, secretName } from './vault.ts';

/** Every setting as none: a command then takes nothing of this machine's own set-up. */
const NONE = Object.fromEntries(SETTING_NAMES.map(name => [name, '']));

/** Settings of a deployment that are no secrets, by the names under which the app has them. @param folder - the repository */
export async function plainSettings(deployment: Deployment, folder: string): Promise<Record<string, string>> {
  const inVault = namesIn(deployment.get('SETTINGS_IN_VAULT'));
  const given = SETTING_NAMES.flatMap(name => {
    const isOurs = !inVault.includes(name) && settingInfo(name).localOnly === undefined;
    const value = isOurs ? deployment.get(name) : null;
    return value === null ? [] : [[name, value] as const];
  });
  const rules = await readFile(path.join(folder, 'infra/routes.json'), 'utf8').catch(() => '[]');
  const hasRules = !/^\s*\[\s*\]\s*$/.test(rules);
  return {
    ...NONE,
    ...Object.fromEntries(given),
    ...(hasRules ? { ALERT_ROUTES: rules } : {}),
    TABLES_URL: deployment.need('TABLES_URL'),
  };
}

/** Settings of a deployment whose value lies in its vault. What is read of them stays in this process. */
export async function settingsInVault(deployment: Deployment): Promise<Record<string, string>> {
  const vault = openVault(deployment);
  const found = namesIn(deployment.get('SETTINGS_IN_VAULT')).map(async name => {
    const { value = '' } = await vault.getSecret(secretName(name)).catch(error => {
      if ((error as { statusCode?: number }).statusCode === 404) {
        throw new Error(`${name} is not in the vault yet: npm run azure -- secrets ${name}`);
      }
      throw new Error(`${name}: the vault says ${reasonOf(error)}`);
    });
    return [name, value] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

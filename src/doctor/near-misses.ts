import leven from 'leven';
import { nearest } from '../base/nearest.ts';
import { SETTING_NAMES } from '../settings/definitions.ts';
import { namedSetting } from '../settings/named-channels.ts';
import type { SettingsSource } from './set-up.ts';

/** A name that is no setting of ours, with the one that was probably meant. */
export interface NearMiss {
  readonly name: string;
  readonly nearest: string | null;
}

/** What the Functions host, Azure and Node read from the same place. */
const OF_OTHERS =
  /^(AzureWebJobs|FUNCTIONS_|WEBSITE_|WEBSITES_|APPLICATIONINSIGHTS_|APPINSIGHTS_|APPSETTING_|AzureFunctionsJobHost_|languageWorkers|NODE_|IDENTITY_|MSI_|SCM_|ENABLE_|OTEL_|DOCTOR_KEY$)/i;
const OURS = new Set<string>(SETTING_NAMES);

/** Names in the settings file that nobody reads, and names in the environment that are nearly ours. */
export function nearMisses({ env, file }: SettingsSource): readonly NearMiss[] {
  const inFile = new Set(file?.names);
  return Object.keys(env)
    .filter(name => !OURS.has(name) && !namedSetting(name) && !OF_OTHERS.test(name))
    .flatMap(name => {
      const near = nearest(upper(name), SETTING_NAMES);
      const isSlip = near !== null && isVeryNear(upper(name), near);
      if (isSlip) return [{ name, nearest: near }];
      return inFile.has(name) ? [{ name, nearest: longer(upper(name)) ?? near }] : [];
    });
}

/** Settings of which only the end was written: `TENANT_ID`, `TIMEZONE`; null when there are none. */
function longer(name: string): string | null {
  const bare = (text: string) => text.replaceAll('_', '');
  const ending = SETTING_NAMES.filter(each => each.endsWith(`_${name}`));
  const alike = bare(name).length < 8 ? [] : SETTING_NAMES.filter(each => bare(each).endsWith(bare(name)));
  return (ending.length > 0 ? ending : alike).slice(0, 3).join(' or ') || null;
}

/** The environment belongs to everybody: only a slip of the finger, or a word more or less of several, is ours. */
function isVeryNear(name: string, near: string): boolean {
  if (name.length >= 8 && leven(name, near) <= 2) return true;
  const [short, long] = [name, near].sort((a, b) => a.length - b.length) as [string, string];
  return short.split('_').length >= 2 && long.startsWith(`${short}_`);
}

/** As the names of settings are written. */
function upper(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

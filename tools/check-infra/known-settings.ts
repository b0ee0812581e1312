import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SettingInfo } from '../../src/settings/definitions.ts';

/** A setting of the app, as far as the template must know it. */
export interface KnownSetting {
  readonly name: string;
  readonly default: string | null;
  readonly secret: boolean;
  readonly way: 'environment' | 'rules file' | 'template' | 'never';
}

/** What only the template can know. */
const OF_THE_TEMPLATE = new Set(['TABLES_URL', 'AZURE_CLIENT_ID', 'REFRESH_TOKEN_SECRET_URL']);

/** The settings that the code of the project at `root` knows: the one place that reads its table. */
export async function knownSettings(root: string): Promise<KnownSetting[]> {
  const file = path.join(root, 'src/settings/definitions.ts');
  const { SETTINGS } = (await import(pathToFileURL(file).href)) as { SETTINGS: Readonly<Record<string, SettingInfo>> };
  return Object.entries(SETTINGS)
    .filter(([name]) => /^[A-Z0-9_]+$/.test(name))
    .map(([name, info]) => ({
      name,
      default: info.default,
      secret: info.secret === true,
      way: wayOf(name, info),
    }));
}

function wayOf(name: string, info: SettingInfo): KnownSetting['way'] {
  if (info.localOnly) return 'never';
  if (OF_THE_TEMPLATE.has(name)) return 'template';
  return name === 'ALERT_ROUTES' ? 'rules file' : 'environment';
}

import { readFile } from 'node:fs/promises';

/** Where Azurite's table service listens by itself: what `UseDevelopmentStorage=true` means. */
const TABLES_PORT = 10_002;

/** Where somebody who took the sample settings looks for the sandbox. */
export interface UsualAddresses {
  readonly ports: Readonly<Record<'referralsApi' | 'authority' | 'teams' | 'pager' | 'mail' | 'tables', number>>;
  /** By channel: what follows the path of its webhook. */
  readonly webhookQueries: Readonly<Record<string, string>>;
  readonly pagerKey: string;
}

/** Reads them from the settings file itself, so that the sandbox and the sample cannot drift apart. */
export async function readUsualAddresses(settingsFile: string | URL): Promise<UsualAddresses> {
  const { Values: values } = JSON.parse(await readFile(settingsFile, 'utf8')) as { Values: Record<string, string> };
  const urlOf = (name: string) => new URL(values[name] ?? '');
  const portOf = (name: string) => Number(urlOf(name).port);
  return {
    ports: {
      referralsApi: portOf('REFERRALS_API_URL'),
      authority: portOf('PARTNER_AUTHORITY_URL'),
      teams: portOf('TEAMS_WEBHOOK_URL'),
      pager: portOf('ONCALL_PAGER_URL'),
      mail: portOf('SMTP_URL'),
      tables: Number(/TableEndpoint=http:[^;]*:(\d+)/.exec(values.TABLES_CONNECTION_STRING ?? '')?.[1] ?? TABLES_PORT),
    },
    webhookQueries: {
      sales: urlOf('TEAMS_WEBHOOK_URL').search,
      oncall: urlOf('ONCALL_TEAMS_WEBHOOK_URL').search,
      operator: urlOf('OPERATOR_TEAMS_WEBHOOK_URL').search,
    },
    pagerKey: values.ONCALL_PAGER_KEY ?? '',
  };
}

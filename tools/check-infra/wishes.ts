import type { Configuration } from './configurations.ts';

/** What a configuration asks for, read off its names. */
export interface Wishes {
  readonly given: Readonly<Record<string, string>>;
  readonly inVault: readonly string[];
  readonly routes: readonly unknown[];
  readonly acs: boolean;
  readonly ownDomain: string;
  readonly ownDomainSends: boolean;
  readonly bot: boolean;
  readonly entra: boolean;
  readonly easyAuth: boolean;
  readonly privateNetwork: boolean;
  readonly allowedIp: string;
  readonly operator: string;
  readonly alarmTo: readonly string[];
  readonly silenceMinutes: string;
  readonly runbook: string;
}

export function wishesOf({ env, routes = [] }: Configuration): Wishes {
  const of = (name: string) => env[name]?.trim() ?? '';
  const list = (text: string) =>
    text
      .split(',')
      .map(item => item.trim())
      .filter(Boolean);
  const isOn = (name: string) => of(name).toLowerCase() === 'true';
  const ownDomain = of('EMAIL_DOMAIN');
  return {
    given: Object.fromEntries(
      Object.entries(env).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])),
    ),
    inVault: list(of('SETTINGS_IN_VAULT')),
    routes,
    acs: of('EMAIL_CARRIER') === 'acs',
    ownDomain,
    ownDomainSends: ownDomain !== '' && isOn('EMAIL_DOMAIN_VERIFIED'),
    bot: isOn('BOT'),
    entra: of('DETAIL_AUTH') === 'entra',
    easyAuth: of('EASY_AUTH_CLIENT_ID') !== '',
    privateNetwork: isOn('PRIVATE_NETWORKING'),
    allowedIp: of('OPERATOR_IP_ADDRESS'),
    operator: of('AZURE_PRINCIPAL_ID'),
    alarmTo: list(of('ALARM_EMAIL_TO') || of('OPERATOR_EMAIL_TO')),
    silenceMinutes: of('SILENCE_MINUTES') || '15',
    runbook: of('RUNBOOK_URL'),
  };
}

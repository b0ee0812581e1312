import { type SettingName, settingInfo } from '../settings/definitions.ts';
import { namedSettings } from '../settings/named-channels.ts';
import type { Environment } from '../settings/reader.ts';

/** A setting that is well by itself and changes nothing as things stand. */
export interface IdleSetting {
  readonly name: SettingName;
  /** Why, a sentence that goes on after the name. */
  readonly why: string;
}

/** Settings that somebody gave and that wait for another one. */
export function idleSettings(env: Environment): readonly IdleSetting[] {
  const textOf = (name: string) => env[name]?.trim() ?? '';
  const isGiven = (name: SettingName) => !['', settingInfo(name).default].includes(textOf(name));
  const lists = ['EMAIL_TO', 'ONCALL_EMAIL_TO', 'OPERATOR_EMAIL_TO', 'REPORT_EMAIL_TO'];
  const named = namedSettings({ names: () => Object.keys(env).filter(name => textOf(name) !== '') });
  const hasRecipients = lists.some(name => textOf(name) !== '') || named.some(({ kind }) => kind === 'EMAIL_TO');
  const waiting = (why: string, ...names: readonly SettingName[]) =>
    names.filter(isGiven).map(name => ({ name, why: `does nothing ${why}` }));

  return [
    ...(textOf('BOT_APP_ID') ? [] : waiting('without BOT_APP_ID, which switches the bot on.', ...BOT)),
    ...(textOf('BOT_APP_ID') && textOf('BOT_APP_TYPE') !== 'SingleTenant'
      ? waiting('unless BOT_APP_TYPE is SingleTenant.', 'BOT_APP_PASSWORD')
      : []),
    ...(textOf('DETAIL_AUTH') === 'entra' ? [] : waiting('unless DETAIL_AUTH is entra.', ...ENTRA)),
    ...(textOf('PARTNER_CLIENT_SECRET')
      ? []
      : waiting('but warn of a secret that is not set.', 'PARTNER_CLIENT_SECRET_EXPIRES_ON')),
    ...(textOf('ONCALL_PAGER_KEY') ? [] : waiting('without ONCALL_PAGER_KEY.', 'ONCALL_PAGER_URL')),
    ...(hasRecipients ? [] : waiting('without EMAIL_TO or another list of recipients.', ...MAIL)),
  ];
}

const BOT = ['BOT_TENANT_ID', 'BOT_APP_PASSWORD', 'BOT_ADMINS'] as const;
const ENTRA = ['ENTRA_TENANT_ID', 'ENTRA_AUDIENCE'] as const;
const MAIL = ['EMAIL_FROM', 'SMTP_URL', 'ACS_ENDPOINT'] as const;

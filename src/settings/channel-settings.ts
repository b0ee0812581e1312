import { channelIdOf, namedSettings } from './named-channels.ts';
import type { SettingsReader } from './reader.ts';
import type { BotSettings, EmailSettings, MailCarrier, NamedChannel, OtherSettings } from './settings.ts';

/** The bot; null when it is not set, or not well enough to speak. */
export function botSettings(read: SettingsReader): BotSettings | null {
  const type = read.optional('BOT_APP_TYPE');
  const password = read.optional('BOT_APP_PASSWORD');
  const admins = read.optional('BOT_ADMINS') ?? [];
  const openIdMetadataUrl = read.optional('BOT_OPENID_METADATA_URL');
  const issuer = read.optional('BOT_TOKEN_ISSUER');
  const tokenScope = read.optional('BOT_TOKEN_SCOPE');
  const serviceHosts = read.optional('BOT_SERVICE_HOSTS');
  const authorityUrl = read.optional('ENTRA_AUTHORITY_URL');
  const appId = read.optional('BOT_APP_ID');
  const tenantId = read.optional('BOT_TENANT_ID');
  if (!read.given('BOT_APP_ID')) return null;

  const singleTenant = type === 'SingleTenant';
  const insecure = singleTenant && authorityUrl?.startsWith('http:') === true;
  if (!read.given('BOT_TENANT_ID')) read.problem('BOT_TENANT_ID', 'is missing: BOT_APP_ID needs it');
  if (singleTenant && !read.given('BOT_APP_PASSWORD')) {
    read.problem('BOT_APP_PASSWORD', 'is missing: BOT_APP_TYPE SingleTenant needs it');
  }
  if (insecure) {
    read.problem('ENTRA_AUTHORITY_URL', 'must be https, also on loopback: a SingleTenant bot sends its password there');
  }
  if (!type || !appId || !tenantId || !tokenScope) return null;
  if (singleTenant && (!password || !authorityUrl || insecure)) return null;
  return {
    appId,
    tenantId,
    credential: singleTenant ? { kind: 'password', password: password ?? '' } : { kind: 'managed-identity' },
    authorityUrl: authorityUrl ?? '',
    tokenScope,
    door: openIdMetadataUrl && issuer && serviceHosts ? { openIdMetadataUrl, issuer, serviceHosts } : null,
    // A list that cannot be read names nobody: it must not open to everybody.
    admins: read.given('BOT_ADMINS') ? admins : null,
  };
}

/** One mail to all recipients of a channel; Azure Communication Services takes no more in one. */
const ACS_RECIPIENTS = 50;
const LISTS = ['EMAIL_TO', 'ONCALL_EMAIL_TO', 'OPERATOR_EMAIL_TO', 'REPORT_EMAIL_TO'] as const;

/** How mail goes out; null when nobody gets any, or when it cannot go out. */
export function emailSettings(read: SettingsReader): EmailSettings | null {
  const to = recipients(read, 'EMAIL_TO');
  const from = read.optional('EMAIL_FROM');
  const carrier = mailCarrier(read);
  const named = namedSettings(read).filter(({ kind }) => kind === 'EMAIL_TO');
  const wanted = [...LISTS.filter(read.given), ...named.map(({ setting }) => setting)];
  if (wanted.length === 0) return null;
  if (!read.given('EMAIL_FROM')) read.problem('EMAIL_FROM', `is missing: ${wanted[0]} needs it`);
  if (!read.given('SMTP_URL') && !read.given('ACS_ENDPOINT')) {
    read.problem('SMTP_URL', `is missing: ${wanted[0]} needs it, or ACS_ENDPOINT`);
  }
  return from && carrier ? { from, to, carrier } : null;
}

/** A list of recipients; empty when it is malformed or longer than its carrier takes. */
export function recipients(read: SettingsReader, name: string): readonly string[] {
  const to = read.likeOne('EMAIL_TO', name) ?? [];
  if (!read.given('ACS_ENDPOINT') || to.length <= ACS_RECIPIENTS) return to;
  read.problem(
    name,
    `names more than ${ACS_RECIPIENTS} addresses, the most that ACS_ENDPOINT takes: use a distribution list`,
  );
  return [];
}

/** The named channels that can be read. Of two settings for one of them, which only letters tell apart, the first counts. */
export function namedChannels(read: SettingsReader): readonly NamedChannel[] {
  const settings = new Map<string, string>();
  return namedSettings(read).flatMap((named): NamedChannel[] => {
    const { setting, kind } = named;
    const id = channelIdOf(named);
    const first = settings.get(id);
    if (first !== undefined) {
      read.problem(setting, `sets the same channel as ${first}: keep one of them`);
      return [];
    }
    settings.set(id, setting);
    if (kind === 'EMAIL_TO') {
      const to = recipients(read, setting);
      return to.length > 0 ? [{ id, setting, to }] : [];
    }
    const webhookUrl = read.likeOne('TEAMS_WEBHOOK_URL', setting);
    return webhookUrl ? [{ id, setting, webhookUrl }] : [];
  });
}

function mailCarrier(read: SettingsReader): MailCarrier | null {
  const url = read.optional('SMTP_URL');
  const endpoint = read.optional('ACS_ENDPOINT');
  read.notBoth('SMTP_URL', 'ACS_ENDPOINT');
  if (read.given('SMTP_URL') && read.given('ACS_ENDPOINT')) return null;
  if (endpoint) return { kind: 'acs', endpoint };
  return url ? { kind: 'smtp', url } : null;
}

export function pagerSettings(read: SettingsReader): OtherSettings['onCall']['pager'] {
  const url = read.optional('ONCALL_PAGER_URL');
  const key = read.optional('ONCALL_PAGER_KEY');
  return key && url ? { key, url } : null;
}

import * as z from 'zod/mini';
import { parseDuration } from '../base/instant.ts';
import type { EscalationStep, Severity } from '../model/alert.ts';
import { readSchedule } from './schedule.ts';

/** A kind of setting: reads the text or says what is allowed. What it says never repeats the text. */
function kind<T>(allowed: string, read: (text: string) => T | null) {
  return z.pipe(
    z.string(),
    z.transform((text, context): T => {
      const value = read(text);
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: allowed, input: text });
      return z.NEVER;
    }),
  );
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EMAIL = /^[^\s@<>(),;:"\\[\]]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const HTTPS = 'must be an https address (http only on loopback)';

export const text = kind('must not be empty', value => value);
export const word = kind('must be one word without spaces', value => (/^\S+$/.test(value) ? value : null));
export const guid = kind('must be a GUID, such as 00000000-0000-0000-0000-000000000000', value =>
  GUID.test(value) ? value.toLowerCase() : null,
);
export const guids = kind('must be GUIDs, separated by commas', value => list(value, item => GUID.test(item)));
export const email = kind('must be one plain email address, such as alerts@example.com', value =>
  EMAIL.test(value) ? value : null,
);
export const emails = kind('must be plain email addresses, separated by commas', value =>
  list(value, item => EMAIL.test(item)),
);
export const hosts = kind(
  'must be host names without scheme or port, separated by commas; *.x covers what lies below x',
  value => list(value.toLowerCase(), item => HOST.test(item)),
);
export const duration = kind('must be a time such as 90m, 24h or 7d', value => parseDuration(value) || null);
export const date = kind('must be a date such as 2027-01-31', readDate);

export function whole(min: number, max: number) {
  return kind(`must be a whole number from ${min} to ${max}`, value => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= min && number <= max ? number : null;
  });
}

export function oneOf<const T extends string>(...choices: readonly T[]) {
  return kind(`must be one of: ${choices.join(', ')}`, value => choices.find(choice => choice === value) ?? null);
}

/** An address that paths are appended to: no query, no trailing slash. */
export const baseUrl = kind(`${HTTPS} without a query`, value => {
  const url = safeUrl(value);
  return url && !url.search && !url.hash ? value.replace(/\/+$/, '') : null;
});

/** A full address, kept byte for byte: the query of a webhook is signed. */
export const url = kind(HTTPS, value => (safeUrl(value) ? value : null));

export const linkTemplate = kind(`${HTTPS}; {id} and {engagementId} are filled in`, value => {
  const bare = value.replaceAll('{id}', 'x').replaceAll('{engagementId}', 'x');
  return safeUrl(bare) && !/[{}]/.test(bare) ? value : null;
});

export const webhookUrl = z.pipe(
  z.string(),
  z.transform((value, context): string => {
    const message = webhookProblem(value);
    if (!message) return value;
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  }),
);

function webhookProblem(value: string): string | null {
  const host = URL.canParse(value) ? new URL(value).hostname : '';
  if (/(^|\.)office(365)?\.com\.?$/.test(host)) {
    return 'is an Office 365 connector address: that service has ended. Create a Workflows webhook in Teams and use its address';
  }
  if (!safeUrl(value)) return HTTPS;
  if (value.includes('&amp;')) return 'holds &amp; where the address has &: copy it again';
  return null;
}

const SECRET_PATH = /^\/secrets\/[0-9a-z-]{1,127}(\/[0-9a-z]{1,64})?\/?$/i;

export const vaultSecretUrl = kind(
  'must be a Key Vault secret address, such as https://VAULT.vault.azure.net/secrets/NAME',
  value => {
    const url = safeUrl(value);
    return url && SECRET_PATH.test(url.pathname) && !url.search ? value.replace(/\/+$/, '') : null;
  },
);

export const rotatingSecretUrl = kind(
  'must be a Key Vault secret address without a version, such as https://VAULT.vault.azure.net/secrets/NAME',
  value => {
    const url = safeUrl(value);
    return url && /^\/secrets\/[0-9a-z-]{1,127}\/?$/i.test(url.pathname) && !url.search
      ? value.replace(/\/+$/, '')
      : null;
  },
);

export const smtpUrl = kind(
  'must be smtp://host:port or smtps://host, with user:password@ where the server asks for it',
  value => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return url && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname ? value : null;
  },
);

export const connectionString = kind(
  'must be a storage connection string, or UseDevelopmentStorage=true (https, except on loopback)',
  value => {
    const parts = new Map(
      value.split(';').map(part => [part.split('=')[0]?.trim().toLowerCase(), part.replace(/^[^=]*=/, '')]),
    );
    if (parts.get('usedevelopmentstorage')?.trim().toLowerCase() === 'true') return value;
    const endpoint = parts.get('tableendpoint')?.trim();
    if (endpoint) return safeUrl(endpoint) ? value : null;
    return parts.has('accountname') && parts.get('defaultendpointsprotocol')?.trim().toLowerCase() !== 'http'
      ? value
      : null;
  },
);

export const timeZone = kind('must be an IANA time zone, such as Europe/Berlin', value => {
  if (!/^[a-z]/i.test(value)) return null;
  try {
    // The first use of Intl in a process costs 20 ms: not for the zone that everybody knows.
    if (value !== 'UTC') new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    return null;
  }
});

export const schedule = z.pipe(
  z.string(),
  z.transform((value, context): string => {
    const reading = readSchedule(value);
    if (!('problem' in reading)) return value;
    context.issues.push({ code: 'custom', message: reading.problem, input: value });
    return z.NEVER;
  }),
);

const SEVERITIES: readonly Severity[] = ['reminder', 'warning', 'critical'];

/** Steps in the order they come: the one farthest from expiry first. */
export const steps = kind(
  'must be time:severity, separated by commas, each time once, such as 7d:reminder,3d:warning,24h:critical',
  (value): readonly EscalationStep[] | null => {
    const read = value.split(',').map(readStep);
    const good = read.filter(step => step !== null);
    const distinct = new Set(good.map(step => step.before)).size === read.length;
    return distinct ? good.sort((a, b) => b.before - a.before) : null;
  },
);

function readStep(item: string): EscalationStep | null {
  const [name = '', severityName] = item.split(':').map(part => part.trim());
  const before = parseDuration(name);
  const severity = SEVERITIES.find(known => known === severityName);
  return before && severity && item.split(':').length === 2 ? { name, before, severity } : null;
}

function readDate(value: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value)) return null;
  const at = Date.parse(value);
  const day = Date.parse(value.slice(0, 10));
  if (Number.isNaN(at) || Number.isNaN(day)) return null;
  // 31 February would silently become March
  return new Date(day).toISOString().startsWith(value.slice(0, 10)) ? at : null;
}

function list(value: string, good: (item: string) => boolean): readonly string[] | null {
  const items = value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
  return items.length > 0 && items.every(good) ? [...new Set(items)] : null;
}

/** The address when it is https, or http on loopback, and carries no user name; else null. */
function safeUrl(value: string): URL | null {
  const url = /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!url || url.username || url.password || /\s/.test(value)) return null;
  return url.protocol === 'https:' || isLoopback(url.hostname) ? url : null;
}

/** Whether a URL's host name is this machine: 127.0.0.0/8, ::1 or localhost. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

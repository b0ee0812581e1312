import { parseDuration } from '../base/instant.ts';
import { isZone } from '../base/local-time.ts';
import type { EscalationStep, Severity } from '../model/alert.ts';
import { readHolidays } from './holidays.ts';
import { kind, Wrong } from './kind.ts';
import { readSchedule } from './schedule.ts';
import { readWeeklyTime, readWorkingHours } from './weekly.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NIL = '00000000-0000-0000-0000-000000000000';
const EMAIL = /^[^\s@<>(),;:"\\[\]]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const HOST = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export const text = kind('must not be empty', value => value);
export const word = kind('must be one word without spaces', value =>
  /^\S+$/.test(value) && !isQuoted(value) ? value : null,
);
export const guid = kind('must be a GUID, such as 1b6f2c3d-94a7-4a0b-b3e5-8d7c6f5e4a32, without braces', value => {
  if (value === NIL) return new Wrong('is only a placeholder: put in the GUID itself');
  return GUID.test(value) ? value.toLowerCase() : null;
});
/** A text that nobody means to begin and end with quotes. */
export const unquoted = kind('must not be empty', value => (isQuoted(value) ? null : value));
export const scopes = kind('must be scopes, separated by spaces', value => {
  if (/[,;]/.test(value)) return new Wrong('has commas: scopes are separated by spaces');
  return isQuoted(value) ? null : value;
});
/** PagerDuty shows the key of an integration beside addresses that hold it. */
export const pagerKey = kind('must be one word without spaces', value => {
  if (/^https?:/i.test(value)) {
    return new Wrong('is an address: put in the integration key alone; another address belongs into ONCALL_PAGER_URL');
  }
  return /^\S+$/.test(value) && !isQuoted(value) ? value : null;
});
/** The portal shows a secret's id beside its value. */
export const clientSecret = kind('must not be empty', value => {
  if (GUID.test(value))
    return new Wrong('is the id of the secret, not the secret: copy the column Value, shown only once');
  return isQuoted(value) ? null : value;
});
export const filter = kind('must not be empty', value => {
  if (/["“”„]/.test(value))
    return new Wrong("has double quotes: OData puts text in single quotes, direction eq 'Incoming'");
  if (/%[0-9a-f]{2}/i.test(value))
    return new Wrong('is percent-encoded: write it with blanks and quotes, as people read it');
  return (value.split("'").length - 1) % 2 === 0 ? value : new Wrong('has a single quote that nothing closes');
});
export const filePath = kind('must not be empty', value => {
  if (isQuoted(value)) return null;
  const isForWindows = /^[a-z]:[\\/]|^\\\\/i.test(value) && process.platform !== 'win32';
  return isForWindows ? new Wrong('is a path of Windows, which cannot be read on this machine') : value;
});
export const guids = kind('must be GUIDs, separated by commas', value => list(value, item => GUID.test(item)));
/** `address` or `Name <address>`; a name with signs that mean something in a mail header comes back in quotes. */
export const sender = kind(
  'must be one address, alone or as Name <address>: Sales alerts <alerts@example.com>',
  value => {
    const [, name = '', address = value] = /^([^<>]*)<([^<>]*)>$/.exec(value) ?? [];
    const bare = name.trim().replace(/^"(.*)"$/, '$1');
    if (!EMAIL.test(address) || /["\\\p{Cc}]/u.test(bare)) return null;
    if (bare === '') return address;
    return `${/^[\p{L}\p{N} ]+$/u.test(bare) ? bare : `"${bare}"`} <${address}>`;
  },
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

export const timeZone = kind('must be an IANA time zone, such as Europe/Berlin', value =>
  isZone(value) ? value : null,
);

export const schedule = kind('must be a schedule', value => {
  const reading = readSchedule(value);
  return 'problem' in reading ? new Wrong(reading.problem) : value;
});

export const workingHours = kind('must be days and times such as Mon-Fri 09:00-17:00', value => {
  const reading = readWorkingHours(value);
  return 'problem' in reading ? new Wrong(reading.problem) : reading.hours;
});

export const weeklyTime = kind('must be days and one time, such as Mon-Fri 08:30', value => {
  const reading = readWeeklyTime(value);
  return 'problem' in reading ? new Wrong(reading.problem) : reading.time;
});

export const holidays = kind('must be dates such as 2026-12-25', value => {
  const reading = readHolidays(value);
  return 'problem' in reading ? new Wrong(reading.problem) : reading.days;
});

const SEVERITIES: readonly Severity[] = ['reminder', 'warning', 'critical'];

/** Steps in the order they come: the one farthest from expiry first. */
export const steps = kind(
  'must be time:severity, separated by commas, each time (90m, 24h, 7d) once and each severity one of reminder, warning, critical, such as 7d:reminder,3d:warning,24h:critical',
  (value): readonly EscalationStep[] | null => {
    const read = value.split(',').map(readStep);
    const good = read.filter(step => step !== null);
    const distinct = new Set(good.map(step => step.before)).size === read.length;
    return distinct ? good.sort((a, b) => b.before - a.before) : null;
  },
);

function readStep(item: string): EscalationStep | null {
  const [name = '', severityName] = item.split(':').map(part => part.trim().toLowerCase());
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

/** Whether quotes that belong to a shell or a file became part of the value. */
export function isQuoted(value: string): boolean {
  return /^(["'“”„`]).*["'“”`]$/s.test(value);
}

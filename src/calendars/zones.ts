import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { DAY, type Instant } from '../base/instant.ts';
import { isZone } from '../base/local-time.ts';

const WINDOWS = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(({ windowsName, iana }) => [
    windowsName.toLowerCase(),
    iana[0] as string,
  ]),
);

// Names that Outlook shows and that neither a city nor a zone of Windows is called by; those without a change of the
// clock need none, for their offset stands before them.
const SHOWN = new Map([
  ['alaska', 'alaskan standard time'],
  ['indiana (east)', 'us eastern standard time'],
  ['baja california', 'pacific standard time (mexico)'],
  ['saint pierre and miquelon', 'saint pierre standard time'],
]);

let cities: Map<string, string> | undefined;

/** Zones by the last part of their name, in small letters: `amsterdam`, `mexico city`. */
function cityZones(): Map<string, string> {
  if (cities) return cities;
  const names = Intl.supportedValuesOf('timeZone');
  cities = new Map(
    names.map(name => [
      name
        .slice(name.lastIndexOf('/') + 1)
        .replaceAll('_', ' ')
        .toLowerCase(),
      name,
    ]),
  );
  return cities;
}

/**
 * The zone that a calendar means by a name: IANA's, Windows', or one that Outlook shows; null when nobody knows it.
 * What the file defines under an unknown name is the known zone that keeps the same time.
 */
export function zoneNamed(name: string, definition: ICAL.Component | undefined, now: Instant): string | null {
  const bare = name
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const location = definition?.getFirstPropertyValue('x-lic-location');
  return (
    iana(bare) ??
    windows(bare) ??
    offset(bare) ??
    shownByOutlook(bare) ??
    iana(String(location)) ??
    alike(definition, now)
  );
}

/** Also behind a prefix: `/example.org/Europe/Berlin`. */
function iana(name: string): string | null {
  if (/^tzone:\/\/microsoft\/utc$/i.test(name)) return 'UTC';
  const parts = name.split('/').filter(part => part !== '');
  const tails = [parts, parts.slice(-3), parts.slice(-2)].map(tail => tail.join('/'));
  return tails.find(isZone) ?? null;
}

/** Exchange numbers what it has twice: `GMT Standard Time 1`. */
function windows(name: string): string | null {
  return WINDOWS.get(name.toLowerCase()) ?? WINDOWS.get(name.toLowerCase().replace(/ \d+$/, '')) ?? null;
}

/** `GMT+01:00`, `UTC+0530`, `-0300`. */
function offset(name: string): string | null {
  const [, sign, hours = '', minutes = '00'] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(name) ?? [];
  return sign ? `${sign}${hours.padStart(2, '0')}:${minutes}` : null;
}

/** `(UTC+01:00) Amsterdam, Berlin, Bern, …`, in any language that leaves one city its name. */
function shownByOutlook(name: string): string | null {
  const [, head = '', places] = /^\(((?:UTC|GMT)[^)]*)\)(.*)$/is.exec(name) ?? [];
  if (places === undefined) return null;
  const shown = places.trim().toLowerCase();
  const whole = windows(SHOWN.get(shown) ?? '') ?? standardTime(shown);
  if (whole) return whole;
  for (const place of shown.split(',').map(part => part.trim().replace(/^city of /, ''))) {
    const zone = cityZones().get(place);
    if (zone) return zone;
  }
  return offset(head) ?? 'UTC';
}

/** `Eastern Time (US & Canada)`, `Greenland`, `Lord Howe Island`: what Windows calls its standard time. */
function standardTime(shown: string): string | null {
  const [bare = shown] = shown.endsWith(')') ? shown.split(' time (', 1) : [shown];
  return windows(`${bare.replace(/ islands?$/, '')} standard time`) ?? windows(`${shown} standard time`);
}

/** The known zone whose clocks show what the definition says, all through the coming year. */
function alike(definition: ICAL.Component | undefined, now: Instant): string | null {
  // The library follows rules of any other kind for ever.
  if (!definition || !changesYearly(definition)) return null;
  try {
    const defined = new ICAL.Timezone(definition);
    const days = Array.from({ length: 54 }, (_, week) =>
      Temporal.Instant.fromEpochMilliseconds(now + (week * 7 - 7) * DAY),
    );
    const offsets = days.map(day => {
      const { year, month, day: date } = day.toZonedDateTimeISO('UTC');
      return defined.utcOffset(new ICAL.Time({ year, month, day: date, hour: 12 }, ICAL.Timezone.localTimezone)) * 1e9;
    });
    const [first = 0] = offsets;
    if (offsets.every(offset => offset === first)) return offsetZone(first / 60e9);
    const noons = days.map(day => day.toZonedDateTimeISO('UTC').toPlainDate().toPlainDateTime('12:00'));
    const candidates = new Set([...WINDOWS.values()].filter(isZone));
    return (
      [...candidates].find(zone =>
        noons.every((noon, i) => noon.toZonedDateTime(zone).offsetNanoseconds === offsets[i]),
      ) ?? null
    );
  } catch {
    return null;
  }
}

function changesYearly(definition: ICAL.Component): boolean {
  const rules = definition.getAllSubcomponents().flatMap(part => part.getAllProperties('rrule'));
  return rules.every(rule => /"freq":"YEARLY"/i.test(JSON.stringify(rule.toJSON())));
}

function offsetZone(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

import ICAL from 'ical.js';

/** What a calendar's text holds, each event by itself. */
export interface CalendarText {
  readonly events: readonly ICAL.Component[];
  /** Definitions of zones, by their name in the file. */
  readonly zones: ReadonlyMap<string, ICAL.Component>;
  /** Events that could not be read. */
  readonly unread: number;
}

/** Takes a calendar apart. An event that cannot be read stops no other; half a file is no calendar. */
export function readCalendarText(text: string): CalendarText | { readonly problem: string } {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR\s*$/im.test(bare)) return { problem: notACalendar(bare) };
  if (!/^END:VCALENDAR\s*$/i.test(bare.slice(-40).split(/\r?\n/).at(-1) ?? '')) {
    return { problem: 'the calendar ends in the middle' };
  }
  const events: ICAL.Component[] = [];
  const zones = new Map<string, ICAL.Component>();
  let unread = 0;
  const cancelled = cancelledParts(bare);
  for (const { 1: kind = '', 2: block, index } of bare.matchAll(/^(?=BEGIN:(VEVENT|VTIMEZONE))([\s\S]*?^END:\1)/gim)) {
    const component = parse(block ?? '');
    if (kind.toUpperCase() === 'VTIMEZONE') {
      const name = component?.getFirstPropertyValue('tzid');
      if (component && typeof name === 'string') zones.set(name, component);
    } else if (component) {
      if (cancelled.some(({ from, to }) => from < index && index < to)) {
        component.updatePropertyWithValue('status', 'CANCELLED');
      }
      events.push(component);
    } else unread += 1;
  }
  return { events, zones, unread };
}

/** Where calendars lie in the text that only call off what they hold. */
function cancelledParts(text: string): { readonly from: number; readonly to: number }[] {
  const begins = [...text.matchAll(/^BEGIN:VCALENDAR\s*$/gim)].map(({ index }) => index);
  return begins.flatMap((from, i) => {
    const to = begins[i + 1] ?? text.length;
    return /^METHOD:CANCEL\r?$/im.test(text.slice(from, to)) ? [{ from, to }] : [];
  });
}

function notACalendar(text: string): string {
  if (text === '') return 'the answer is empty';
  if (text.startsWith('<')) {
    return 'the address answers with a web page, not with a calendar: use the one that ends in .ics, often called iCal or ICS address';
  }
  return 'the address answers with something that is no calendar';
}

function parse(block: string): ICAL.Component | null {
  try {
    return new ICAL.Component(ICAL.parse(readable(block)));
  } catch {
    return null;
  }
}

/** Outlook writes names with a colon in them and no quotes around; stray lines say nothing. */
function readable(block: string): string {
  return block
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(line => /^[\w-]+[:;]/.test(line))
    .map(quotingZone)
    .join('\r\n');
}

const ZONE = ';TZID=';

/** `;TZID=(UTC+01:00) Berlin:20270323T090000` with quotes around the name: what is no date after a colon belongs to it. */
function quotingZone(line: string): string {
  const colon = line.lastIndexOf(':');
  const start = line.toUpperCase().indexOf(ZONE) + ZONE.length;
  if (start < ZONE.length || colon < start || !/^[\dTZPDHMSW,/+-]+$/i.test(line.slice(colon + 1))) return line;
  const rest = line.slice(start, colon);
  // Another parameter may follow, behind the last colon of the name.
  const parameter = /;[\w-]+=/g;
  parameter.lastIndex = rest.lastIndexOf(':') + 1;
  const name = rest.slice(0, parameter.exec(rest)?.index);
  if (name === '' || name.startsWith(';') || name.includes('"')) return line;
  return `${line.slice(0, start)}"${name}"${line.slice(start + name.length)}`;
}

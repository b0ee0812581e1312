import ICAL from 'ical.js';

/** What a calendar's text holds, each event by itself. */
export interface CalendarText {
  readonly events: readonly ICAL.Component[];
  /** Definitions of zones, by their name in the file. */
  readonly zones: ReadonlyMap<string, ICAL.Component>;
  /** Events that could not be read. */
  readonly unread: number;
}

/** Takes a calendar apart, an event a step. An event that cannot be read stops no other; half a file is no calendar. */
export function* readCalendarText(text: string): Generator<void, CalendarText | { readonly problem: string }> {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR\s*$/im.test(bare)) return { problem: notACalendar(bare) };
  if (!/^END:VCALENDAR\s*$/i.test(bare.slice(-40).split(/\r?\n/).at(-1) ?? '')) {
    return { problem: 'the calendar ends in the middle' };
  }
  const events: ICAL.Component[] = [];
  const zones = new Map<string, ICAL.Component>();
  let unread = 0;
  const cancelled = cancelledParts(bare).values();
  let part = cancelled.next().value;
  for (const { kind, index, block } of blocksIn(bare)) {
    yield;
    const component = block === null ? null : parse(block);
    if (kind === 'VTIMEZONE') {
      const name = component?.getFirstPropertyValue('tzid');
      if (component && typeof name === 'string') zones.set(name, component);
    } else if (component) {
      while (part && part.to < index) part = cancelled.next().value;
      if (part && part.from < index) component.updatePropertyWithValue('status', 'CANCELLED');
      events.push(component);
    } else unread += 1;
  }
  return { events, zones, unread };
}

interface Block {
  readonly kind: 'VEVENT' | 'VTIMEZONE';
  readonly index: number;
  /** Null when it has no end. */
  readonly block: string | null;
}

/** Events and definitions of zones, in their order. Looked for by their lines: a pattern for all of one begins anew at each. */
function* blocksIn(text: string): Generator<Block> {
  let open: Omit<Block, 'block'> | null = null;
  for (const { 0: line, 1: word = '', 2: name = '', index } of text.matchAll(/^(BEGIN|END):(VEVENT|VTIMEZONE)/gim)) {
    const kind = name.toUpperCase() as Block['kind'];
    if (word.toUpperCase() === 'BEGIN') {
      if (open) yield { ...open, block: null };
      open = { kind, index };
    } else if (open?.kind === kind) {
      yield { ...open, block: text.slice(open.index, index + line.length) };
      open = null;
    }
  }
  if (open) yield { ...open, block: null };
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

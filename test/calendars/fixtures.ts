import { DAY } from '../../src/base/instant.ts';
import { readShifts } from '../../src/calendars/read-calendar.ts';

/** A calendar around some events, with the line ends of the wire. */
export function calendar(...blocks: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//Test//EN', ...blocks, 'END:VCALENDAR', '']
    .join('\n')
    .replaceAll('\n', '\r\n');
}

/** An event of these lines. */
export function event(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n');
}

/** What Outlook defines for the owner's own zone. */
export function definition(name: string): string {
  return `BEGIN:VTIMEZONE
TZID:${name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
}

/** What a reading comes to that is done in steps. */
export function wholly<T>(reading: Iterator<unknown, T>): T {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The shifts of two weeks from a day, as `from to addresses`. */
export function shifts(text: string, from = '2027-03-22', zone = 'Europe/Berlin') {
  const read = wholly(readShifts(text, { from: Date.parse(from), to: Date.parse(from) + 14 * DAY, zone }));
  if ('problem' in read) throw new Error(read.problem);
  return read.shifts.map(shift => {
    const [start, end] = [shift.from, shift.to].map(instant => new Date(instant).toISOString().slice(0, 16));
    return `${start} ${end} ${shift.people.map(({ address }) => address).join(' ')}`;
  });
}

export const ANNA = 'ATTENDEE;CN="Anna Example";PARTSTAT=ACCEPTED:mailto:anna@example.com';
export const BEN = 'ATTENDEE;CN="Ben Example":MAILTO:ben@example.com';
export const once = (start: string, end: string, ...more: string[]) =>
  calendar(event('UID:1', `DTSTART${start}`, `DTEND${end}`, ANNA, ...more));
export const ANNAS = '2027-03-23T08:00 2027-03-23T16:00 anna@example.com';

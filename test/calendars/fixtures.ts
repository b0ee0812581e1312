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

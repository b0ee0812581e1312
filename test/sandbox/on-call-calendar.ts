import { Hono } from 'hono';
import { PEOPLE } from './bot-connector/world.ts';
import { type Bindings, type Served, serve } from './serve.ts';

/** Who takes turns, a day each from nine in the morning, UTC. */
const [FIRST, SECOND] = PEOPLE.slice(1) as [(typeof PEOPLE)[number], (typeof PEOPLE)[number]];

export const ON_CALL_ADDRESSES: readonly string[] = [FIRST, SECOND].map(({ upn }) => upn);

export interface OnCallCalendar extends Served {
  /** What `ONCALL_CALENDAR_URL` should be. */
  readonly calendarUrl: string;
}

/** Publishes who is on call, as a calendar at an address: two people who take turns, for ever. */
export async function createOnCallCalendar(): Promise<OnCallCalendar> {
  const app = new Hono<Bindings>();
  const text = rotation();
  app.get('/on-call.ics', context => context.body(text, 200, { 'Content-Type': 'text/calendar; charset=utf-8' }));
  const served = await serve(app);
  return { ...served, calendarUrl: `${served.url}/on-call.ics` };
}

function rotation(): string {
  const shifts = [
    { person: FIRST, begin: '20260101T090000Z' },
    { person: SECOND, begin: '20260102T090000Z' },
  ].flatMap(({ person, begin }) => [
    'BEGIN:VEVENT',
    `UID:${person.upn}`,
    `DTSTAMP:${begin}`,
    `DTSTART:${begin}`,
    'DURATION:P1D',
    'RRULE:FREQ=DAILY;INTERVAL=2',
    `SUMMARY:On call: ${person.name}`,
    `ATTENDEE;CN=${person.name}:mailto:${person.upn}`,
    'END:VEVENT',
  ]);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Referral Alerts//Sandbox//EN',
    ...shifts,
    'END:VCALENDAR',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

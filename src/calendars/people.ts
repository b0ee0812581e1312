import type ICAL from 'ical.js';
import { trim } from '../base/trim.ts';
import type { OnCallPerson } from '../model/shift.ts';
import { addressesIn } from './addresses.ts';

const LONGEST_NAME = 200;

/** Who is on duty by an event: its attendees, or else whoever's address stands in its title, or else in its description. */
export function peopleOf(event: ICAL.Component): readonly OnCallPerson[] {
  const attendees = event.getAllProperties('attendee');
  if (attendees.length > 0) return distinct(attendees.flatMap(attendeeOf));
  const inTitle = named(textOf(event, 'summary'));
  return distinct(inTitle.length > 0 ? inTitle : named(textOf(event, 'description')));
}

export function textOf(event: ICAL.Component, name: string): string {
  const value = event.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

function attendeeOf(attendee: ICAL.Property): readonly OnCallPerson[] {
  const parameter = (name: string) => String(attendee.getFirstParameter(name) ?? '');
  const isAway = parameter('partstat').toUpperCase() === 'DECLINED';
  const isThing = /^(RESOURCE|ROOM)$/i.test(parameter('cutype')) || /^NON-PARTICIPANT$/i.test(parameter('role'));
  const value = String(attendee.getFirstValue()).replace(/^mailto:/i, '');
  const { address } = addressesIn(decoded(value))[0] ?? addressesIn(parameter('email'))[0] ?? {};
  if (isAway || isThing || !address || /@(group|resource)\.calendar\.google\.com$/i.test(address)) return [];
  const name = trim(parameter('cn'), '"\'').trim();
  return [{ address, name: name === '' || name.includes('@') ? null : name }];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** `Anna Example <anna@example.com>` with its name, and addresses that stand by themselves. Links hold none. */
function named(text: string): OnCallPerson[] {
  const plain = text.replace(/href="mailto:[^"]*"/gi, '').replace(/\bhttps?:\/\/\S+/gi, '');
  return addressesIn(plain).map(({ address, index }) => {
    const before = plain.slice(Math.max(0, index - LONGEST_NAME), index).trimEnd();
    const name = /[<(]$/.test(before)
      ? (before
          .slice(0, -1)
          .split(/[<>()[\],;:\n]/)
          .at(-1) ?? '')
      : '';
    const clean = trim(name, ' \t\r\u00A0–-');
    return { address, name: /\p{L}/u.test(clean) ? clean : null };
  });
}

function distinct(people: readonly OnCallPerson[]): readonly OnCallPerson[] {
  return [...new Map(people.toReversed().map(person => [person.address.toLowerCase(), person])).values()].toReversed();
}

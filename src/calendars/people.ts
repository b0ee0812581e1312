import type ICAL from 'ical.js';
import type { OnCallPerson } from '../model/shift.ts';

const ADDRESS =
  /[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}/i;
const ADDRESSES = new RegExp(ADDRESS, 'gi');

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
  const [address] = ADDRESS.exec(decoded(value)) ?? ADDRESS.exec(parameter('email')) ?? [];
  if (isAway || isThing || !address || /@(group|resource)\.calendar\.google\.com$/i.test(address)) return [];
  const name = parameter('cn')
    .replace(/^["']+|["']+$/g, '')
    .trim();
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
  return [...plain.matchAll(ADDRESSES)].map(({ 0: address, index }) => {
    const [, name = ''] = /([^<>()[\],;:\n]*)[<(]\s*$/.exec(plain.slice(0, index)) ?? [];
    const clean = name.replace(/^[\s–-]+|[\s–-]+$/g, '');
    return { address, name: /\p{L}/u.test(clean) ? clean : null };
  });
}

function distinct(people: readonly OnCallPerson[]): readonly OnCallPerson[] {
  return [...new Map(people.toReversed().map(person => [person.address.toLowerCase(), person])).values()].toReversed();
}

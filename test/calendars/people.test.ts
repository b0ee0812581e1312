import { expect, it } from 'vitest';
import { readShifts } from '../../src/calendars/read-calendar.ts';
import { calendar, event, wholly } from './fixtures.ts';

const SPAN = { from: Date.parse('2027-03-22'), to: Date.parse('2027-04-05'), zone: 'Europe/Berlin' };
const TIME = ['UID:1', 'DTSTART:20270323T080000Z', 'DTEND:20270323T160000Z'];

function people(...lines: readonly string[]) {
  const read = wholly(readShifts(calendar(event(...TIME, ...lines)), SPAN));
  if ('problem' in read) throw new Error(read.problem);
  return read.shifts.flatMap(shift => shift.people.map(({ address, name }) => `${name ?? '-'} <${address}>`));
}

it.each<[string, string[], string[]]>([
  ['an attendee', ['ATTENDEE;CN=Anna Example:mailto:anna@example.com'], ['Anna Example <anna@example.com>']],
  ['in capitals', ['ATTENDEE;CN="Anna Example":MAILTO:anna@example.com'], ['Anna Example <anna@example.com>']],
  ['an address alone', ['ATTENDEE:anna@example.com'], ['- <anna@example.com>']],
  ['an address as the name', ['ATTENDEE;CN=anna@example.com:mailto:anna@example.com'], ['- <anna@example.com>']],
  [
    'folded in the middle of the address',
    ['ATTENDEE;CN=Anna Example:mailto:anna@exa', ' mple.com'],
    ['Anna Example <anna@example.com>'],
  ],
  ['folded with a tab', ['ATTENDEE:mailto:anna@exa', '\tmple.com'], ['- <anna@example.com>']],
  [
    'an address in a parameter',
    ['ATTENDEE;CN=Anna Example;EMAIL=anna@example.com:urn:uuid:1'],
    ['Anna Example <anna@example.com>'],
  ],
  [
    'two of them',
    ['ATTENDEE:mailto:anna@example.com', 'ATTENDEE:mailto:ben@example.com'],
    ['- <anna@example.com>', '- <ben@example.com>'],
  ],
  [
    'the same twice',
    ['ATTENDEE;CN=Anna:mailto:anna@example.com', 'ATTENDEE:mailto:Anna@example.com'],
    ['Anna <anna@example.com>'],
  ],
  [
    'who declined',
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:anna@example.com', 'ATTENDEE:mailto:ben@example.com'],
    ['- <ben@example.com>'],
  ],
  [
    'a room',
    ['ATTENDEE;CUTYPE=ROOM:mailto:room@example.com', 'ATTENDEE:mailto:ben@example.com'],
    ['- <ben@example.com>'],
  ],
  [
    'a calendar',
    ['ATTENDEE:mailto:c_1@group.calendar.google.com', 'ATTENDEE:mailto:ben@example.com'],
    ['- <ben@example.com>'],
  ],
  ['nobody', ['SUMMARY:On call', 'ORGANIZER:mailto:boss@example.com'], []],
  ['an attendee without an address', ['ATTENDEE;CN=Anna:invalid:nomail'], []],
  ['a title', ['SUMMARY:anna@example.com'], ['- <anna@example.com>']],
  ['a title with words', ['SUMMARY:On call: anna@example.com'], ['- <anna@example.com>']],
  ['a title with a name', ['SUMMARY:Anna Example <anna@example.com>'], ['Anna Example <anna@example.com>']],
  [
    'a title with a name in another way',
    ['SUMMARY:On call: Anna Example (anna@example.com)'],
    ['Anna Example <anna@example.com>'],
  ],
  [
    'a title with two',
    ['SUMMARY:anna@example.com\\, ben@example.com'],
    ['- <anna@example.com>', '- <ben@example.com>'],
  ],
  ['a description', ['SUMMARY:On call', 'DESCRIPTION:This week:\\nanna@example.com.'], ['- <anna@example.com>']],
  [
    'a description with a link',
    ['SUMMARY:On call', 'DESCRIPTION:<a href="mailto:anna@example.com">anna@example.com</a>'],
    ['- <anna@example.com>'],
  ],
  [
    'a title before a description',
    ['SUMMARY:anna@example.com', 'DESCRIPTION:Questions: desk@example.com'],
    ['- <anna@example.com>'],
  ],
  [
    'attendees before a title',
    ['SUMMARY:ben@example.com', 'ATTENDEE:mailto:anna@example.com'],
    ['- <anna@example.com>'],
  ],
  [
    'the link of a meeting',
    ['SUMMARY:On call', 'DESCRIPTION:Join https://teams.example.com/l/19:meeting_x@thread.v2/0?u=a@example.com now'],
    [],
  ],
])('on duty by %s', (_, lines, expected) => {
  expect(people(...lines)).toEqual(expected);
});

it('counts shifts without an address', () => {
  const read = wholly(
    readShifts(
      calendar(event(...TIME, 'SUMMARY:Anna'), event('UID:2', ...TIME.slice(1), 'ATTENDEE:mailto:ben@example.com')),
      SPAN,
    ),
  );
  expect(read).toMatchObject({ shifts: [{ people: [{ address: 'ben@example.com' }] }], withoutAddress: 1 });
});

import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../src/base/instant.ts';
import type { OutcomeState } from '../../src/model/channel.ts';
import { OUTCOMES } from '../../src/model/outcomes.ts';

/** A lead as it is in truth. Times are milliseconds from the start of the week. */
export interface Lead {
  readonly arrives: number;
  /** From its arrival until it expires. */
  readonly lasts: number;
  /** From its arrival until somebody answers it; null: nobody does. */
  readonly answeredAfter: number | null;
  /** Whether the list names its expiry, or only the whole reading does. */
  readonly listNamesExpiry: boolean;
}

/** Everything that Partner Center may say that is not the truth, or nothing. */
export const PARTNER_TROUBLES = [
  'throttled',
  'down',
  'times out',
  'signed out',
  'half a list',
  'whole readings fail',
  'hidden by 403',
  'hidden by a bare 404',
  'an empty list',
] as const;
export type PartnerTrouble = (typeof PARTNER_TROUBLES)[number];

/** `accepted`: the carrier names no end; `fails`: its end is a failure; `unbound`: the bot has lost its conversation. */
export type ChannelTrouble = OutcomeState | 'retry in a day' | 'doubtful, but there' | 'fails' | 'unbound';

export type Trouble = { readonly from: number; readonly lasts: number } & (
  | { readonly of: 'partner-center'; readonly is: PartnerTrouble }
  | { readonly of: 'tables'; readonly is: 'down' | 'writes fail' }
  | { readonly of: 'clock'; readonly is: 'ahead' | 'behind' }
  | { readonly of: ChannelId; readonly is: ChannelTrouble }
);

/** `email` goes through a carrier that accepts first and says later what became of it, `bot` edits its cards. */
export const CHANNELS = ['teams', 'email', 'bot', 'oncall-teams', 'operator-teams'] as const;
export type ChannelId = (typeof CHANNELS)[number];

export interface Week {
  /** Those that are set. */
  readonly channels: readonly ChannelId[];
  readonly everyMinutes: number;
  readonly leads: readonly Lead[];
  readonly troubles: readonly Trouble[];
  /** After so many messages that were taken the process dies, before it has written that down. */
  readonly deaths: readonly number[];
}

/** A length of time, short ones as likely as long ones. */
const span = (least: number, most: number) =>
  fc.integer({ min: 0, max: 1000 }).map(part => Math.round(least * (most / least) ** (part / 1000)));

const lead: fc.Arbitrary<Lead> = fc.record({
  arrives: fc.integer({ min: 0, max: 5 * DAY }),
  lasts: span(15 * MINUTE, 8 * DAY),
  answeredAfter: fc.option(span(5 * MINUTE, 8 * DAY), { freq: 1 }),
  listNamesExpiry: fc.boolean(),
});

const during = { from: fc.integer({ min: 0, max: 6 * DAY }), lasts: span(5 * MINUTE, 3 * DAY) };

/** Each answer of each carrier that has a row in the table, as often as it has rows. */
const answers = OUTCOMES.map(({ state }) => state).filter(state => state !== 'delivered');

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ of: fc.constant('partner-center' as const), is: fc.constantFrom(...PARTNER_TROUBLES), ...during }),
  fc.record({
    of: fc.constant('tables' as const),
    is: fc.constantFrom('down' as const, 'writes fail' as const),
    ...during,
  }),
  fc.record({
    of: fc.constant('clock' as const),
    is: fc.constantFrom('ahead' as const, 'behind' as const),
    ...{ from: during.from, lasts: span(5 * MINUTE, 6 * HOUR) },
  }),
  fc.record({
    of: fc.constantFrom(...CHANNELS),
    is: fc.constantFrom<ChannelTrouble>(
      ...answers,
      'retry in a day',
      'doubtful, but there',
      'doubtful',
      'fails',
      'unbound',
    ),
    ...during,
  }),
);

/** Two channels that cover for each other hide what one alone would show. */
const channels = fc.oneof(
  fc.constantFrom(...CHANNELS).map(id => [id]),
  fc.subarray([...CHANNELS], { minLength: 2 }),
);

export const week: fc.Arbitrary<Week> = fc.record({
  channels,
  everyMinutes: fc.constantFrom(5, 10, 20),
  leads: fc.array(lead, { minLength: 1, maxLength: 10 }),
  troubles: fc.array(trouble, { maxLength: 24 }),
  deaths: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
});

/** What a week tells, for whoever reads a counterexample. */
export function storyOf({ channels, everyMinutes, leads, troubles, deaths }: Week): string {
  const at = (time: number) => `${(time / HOUR).toFixed(2)} h`;
  return [
    `polls every ${everyMinutes} min, channels: ${channels.join(', ')}`,
    ...leads.map(
      ({ arrives, lasts, answeredAfter, listNamesExpiry }, i) =>
        `lead ${i}: arrives ${at(arrives)}, expires ${at(arrives + lasts)}${answeredAfter === null ? '' : `, answered ${at(arrives + answeredAfter)}`}${listNamesExpiry ? '' : ', expiry by id only'}`,
    ),
    ...troubles.map(({ of, is, from, lasts }) => `${of}: ${is}, ${at(from)} to ${at(from + lasts)}`),
    ...deaths.map(count => `dies after ${count} taken messages`),
  ].join('\n');
}

import type { LOG_EVENTS } from './log-events.ts';

export type LogEvent = keyof typeof LOG_EVENTS;

type Value = string | number | boolean | null | undefined | readonly string[];

/** What an event tells: ids, counts and reasons; never a token, a webhook URL, a contact or a note. */
export type LogFields<Event extends LogEvent = LogEvent> = {
  readonly [Field in (typeof LOG_EVENTS)[Event][number]]?: Value;
};

type Write = <Event extends LogEvent>(event: Event, fields?: LogFields<Event>) => void;

/** One event a line. Its name and fields stand in the list: alarms and workbooks query them. */
export interface Log {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

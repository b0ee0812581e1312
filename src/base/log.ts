/** Ids, counts and reasons; never a token, a webhook URL, a contact or a note. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

/** One event a line. The event name and its fields are what alarms and workbooks query. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

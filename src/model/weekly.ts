/** Minutes after midnight, from and to, of one weekday's working time. */
export interface DayHours {
  readonly from: number;
  /** Up to 1440, the midnight that ends the day. */
  readonly to: number;
}

/** Working time of each weekday, Monday first; in order, apart from each other. */
export type WeeklyHours = readonly (readonly DayHours[])[];

/** A time on some days of the week: when a summary or a report is due. */
export interface WeeklyTime {
  /** 1 for Monday to 7 for Sunday, in order. */
  readonly weekdays: readonly number[];
  /** After midnight. */
  readonly minutes: number;
}

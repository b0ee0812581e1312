/** Azure's alarms; without a window of its own one waits for `SILENCE_MINUTES`. */
export const ALARMS: readonly { readonly name: string; readonly windowMinutes?: number }[] = [
  { name: 'no-good-poll' },
  { name: 'invocation-failures', windowMinutes: 15 },
  { name: 'untold', windowMinutes: 15 },
  { name: 'undelivered', windowMinutes: 30 },
  { name: 'sign-in-trouble', windowMinutes: 15 },
  { name: 'detail-errors', windowMinutes: 15 },
];

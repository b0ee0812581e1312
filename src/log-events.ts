/**
 * Every structured log line, by event name, with its fields. Each line is one JSON string `{ "event": …, …fields }`.
 * Alarms and workbook query these very names; a test holds both sides together.
 */
export const LOG_EVENTS = {
  /** One line a poll, good or not: the heartbeat. */
  'poll-finished': [
    'ok',
    'complete',
    'listed',
    'pending',
    // of these, how many expire within that time
    'within1Day',
    'within3Days',
    'within7Days',
    'told',
    'escalated',
    'answered',
    'expired',
    'retried',
    'rejected',
    'undelivered',
    'listCalls',
    'tableCalls',
    'durationMs',
    'nextExpiryAt',
    'reason',
  ],
  /** Beside it when the poll could not do its work. */
  'poll-failed': ['reason'],
  /** One try to tell one alert in one channel. */
  delivery: ['alert', 'step', 'channel', 'outcome', 'attempts', 'referralId', 'reason'],
  /** Partner Center's sign-in does not work. */
  'sign-in-trouble': ['reason'],
  /** What the operator was told about the app itself. */
  'operator-alarm': ['trouble', 'phase'],
  /** One call to Partner Center. */
  'partner-center-call': ['operation', 'status', 'durationMs', 'requestId', 'clientRequestId', 'attempt'],
  /** One answer of the detail endpoint. */
  'detail-request': ['status', 'durationMs'],
} as const satisfies Record<string, readonly string[]>;

export type LogEvent = keyof typeof LOG_EVENTS;

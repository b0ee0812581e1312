/**
 * The structured log lines that alarms and workbook query, by event name, with their fields.
 * Each is one JSON string `{ "event": …, …fields }`. A test holds queries, this list and what the app writes together.
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
    'durationMs',
    'nextExpiryAt',
    'reason',
  ],
  /** Beside it when the poll could not do its work. */
  'poll-failed': ['reason'],
  /** One try to tell one alert in one channel. */
  delivery: ['alert', 'step', 'channel', 'outcome', 'attempts', 'referralId', 'reason'],
  /** One try to tell, through whoever is left, of leads that could not be told in the usual way. */
  'last-resort': ['channel', 'outcome', 'referrals'],
  /** Partner Center's sign-in does not work. */
  'sign-in.needed': ['kind', 'reason'],
  /** The rotated refresh token could not be saved; it lives in memory only. */
  'sign-in.token-not-saved': ['reason'],
  /** What the operator was told about the app itself. */
  'operator-alarm': ['trouble', 'phase'],
  /** Partner Center answered, but not with what was asked for. */
  'partner-center.refused': ['status', 'code', 'requestId', 'correlation'],
  /** Partner Center did not answer. */
  'partner-center.call-failed': ['correlation', 'reason'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Everything that is ever logged, by event name, with its fields: alarms, workbook and people query these. Each line is one
 * JSON string `{ "event": …, …fields }`. What does not stand here does not compile.
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
    'gone',
    'retried',
    'rejected',
    'undelivered',
    'untold',
    'listCalls',
    'durationMs',
    'nextExpiryAt',
    'reason',
  ],
  /** Beside it when the poll could not do its work. */
  'poll-failed': ['reason'],
  /** One try to tell one alert in one channel. */
  delivery: ['alert', 'step', 'channel', 'outcome', 'attempts', 'referralId', 'reason'],
  /** One try to tell a summary or a report in one channel. */
  bulletin: ['kind', 'channel', 'outcome', 'attempts', 'reason'],
  /** A summary or report could not be looked after; the next poll does. */
  'bulletin.failed': ['reason'],
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
  /** What a careless filter let through. */
  'partner-center.not-pending': ['rows'],
  /** Slim rows are not to be had. */
  'partner-center.whole-rows': ['status', 'reason'],
  'sign-in.renewed': ['rotated', 'saved'],
  /** A replaced version of the vault's secret is still enabled; tried again at the next rotation. */
  'sign-in.version-not-disabled': ['reason'],
  'detail-request': ['status', 'durationMs'],
  /** What was told of it is left out of the answer. */
  'detail.no-checkpoint': ['referralId'],
  'detail.unexpected': ['reason'],
  'entra.caller-refused': ['reason', 'objectId', 'appId'],
  /** Keys that sign callers' tokens, Entra's or the Bot Framework's. */
  'callers.keys-not-fetched': ['host', 'reason'],
  'mail-recipients-refused': ['channel', 'later', 'never'],
  'bot.caller-refused': ['status', 'reason'],
  'bot.channel-bound': ['channel'],
  'bot.channel-unbound': ['channel'],
  'bot.edit-failed': ['referralId', 'reason'],
  'bot.verb-failed': ['verb', 'referralId', 'reason'],
  'bot.turn-failed': ['type', 'reason'],
} as const satisfies Record<string, readonly string[]>;

/** The troubles an operator hears of. Health, runbook and logs know them by these keys. */
export const TROUBLE_KINDS = [
  'partner-center',
  'sign-in',
  'tables',
  'rows',
  'watch-state',
  'time',
  'clock',
  'visibility',
  'settings',
  'secrets',
  'housekeeping',
  'channel',
  'message',
  'recipients',
  'route',
  'nobody-listens',
  'untold',
  'on-call-calendar',
  'on-call-gap',
  'holidays-calendar',
  'heartbeat',
] as const;

export type TroubleKind = (typeof TROUBLE_KINDS)[number];

/** The kinds that are about one channel each; their keys name it: `channel:teams`. */
type PerChannel = 'channel' | 'message' | 'recipients';

export type TroubleKey = Exclude<TroubleKind, PerChannel> | `${PerChannel}:${string}`;

/** The kind of a key, and the channel that it names. */
export function kindOf(key: TroubleKey): { readonly kind: TroubleKind; readonly channel: string | null } {
  const colon = key.indexOf(':');
  if (colon < 0) return { kind: key as TroubleKind, channel: null };
  return { kind: key.slice(0, colon) as TroubleKind, channel: key.slice(colon + 1) };
}

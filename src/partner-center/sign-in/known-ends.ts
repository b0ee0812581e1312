import { DAY, type Instant } from '../../base/instant.ts';

/** Something that will stop working on a known day unless somebody acts. */
export interface KnownEnd {
  readonly what: 'client-secret' | 'certificate' | 'vault-secret' | 'refresh-token';
  readonly at: Instant;
}

/** One warning that is due. Each `key` is to be told once: a new date makes a new key. */
export interface DueWarning {
  readonly key: string;
  readonly what: KnownEnd['what'];
  readonly daysLeft: number;
  readonly title: string;
  /** With the exact next step. */
  readonly text: string;
}

const WARN_DAYS = [7, 14, 30];
/** Days that Entra keeps a refresh token nobody uses; a warning 30 days before is one after 60 idle days. */
const IDLE_DAYS = 90;

/**
 * The ends we know of. An idle refresh token ends 90 days after it was last rotated; what counts is how it was found,
 * so that a poll that wakes up late says so even though it renews the token at once.
 */
export function knownEnds(known: {
  readonly clientSecretExpiresOn: Instant | null;
  readonly certificateEndsAt: Instant | null;
  readonly stored: { readonly savedAt: Instant | null; readonly expiresAt: Instant | null } | null;
}): readonly KnownEnd[] {
  const { savedAt = null, expiresAt = null } = known.stored ?? {};
  const idleEnd = savedAt === null ? null : savedAt + IDLE_DAYS * DAY;
  // A vault's secret ends when its token does; one warning will do.
  const sameEnd = idleEnd !== null && expiresAt !== null && Math.abs(idleEnd - expiresAt) <= DAY;
  const ends: readonly (readonly [KnownEnd['what'], Instant | null])[] = [
    ['client-secret', known.clientSecretExpiresOn],
    ['certificate', known.certificateEndsAt],
    ['vault-secret', expiresAt],
    ['refresh-token', sameEnd ? null : idleEnd],
  ];
  return ends.flatMap(([what, at]) => (at === null ? [] : [{ what, at }]));
}

/** The warnings due 30, 14 and 7 days before each end, of each end the latest only. */
export function dueWarnings(ends: readonly KnownEnd[], now: Instant): readonly DueWarning[] {
  return ends.flatMap(end => {
    const left = end.at - now;
    const due = WARN_DAYS.find(days => left <= days * DAY);
    return due === undefined ? [] : [warning(end, due, Math.max(0, Math.ceil(left / DAY)), left <= 0)];
  });
}

const WORDS: Readonly<Record<KnownEnd['what'], readonly [name: string, nextStep: string]>> = {
  'client-secret': [
    'client secret of the app registration',
    'Create a new one, put it into PARTNER_CLIENT_SECRET and its end into PARTNER_CLIENT_SECRET_EXPIRES_ON.',
  ],
  certificate: [
    'certificate of the app registration',
    'Renew it in Key Vault and add the new one to the app registration before.',
  ],
  'vault-secret': [
    'Key Vault secret with the refresh token',
    'Every good poll renews it, so find out why none ran; if the next one fails, run `npm run sign-in`.',
  ],
  'refresh-token': [
    'refresh token, which lay unused for long,',
    'Every good poll renews it, so find out why none ran; if the next one fails, run `npm run sign-in`.',
  ],
};

function warning(end: KnownEnd, threshold: number, daysLeft: number, over: boolean): DueWarning {
  const [name, nextStep] = WORDS[end.what];
  const date = new Date(end.at).toISOString().slice(0, 10);
  const when = over ? `ended on ${date}` : `ends on ${date}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`;
  return {
    key: `ends:${end.what}:${date}:${threshold}`,
    what: end.what,
    daysLeft,
    title: over ? 'Sign-in to Partner Center is at its end' : 'Sign-in to Partner Center will end',
    text: `The ${name} ${when}. ${nextStep}`,
  };
}

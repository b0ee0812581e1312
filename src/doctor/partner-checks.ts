import { DAY, inWords, MINUTE } from '../base/instant.ts';
import { trimEnd } from '../base/trim.ts';
import { NotAllowedError, PartnerCenterError, SignInNeededError, ThrottledError } from '../model/errors.ts';
import type { RawPage, ReferralsClient } from '../model/referral-source.ts';
import type { SettingsReading } from '../settings/settings.ts';
import type { PartsUnderTest } from './set-up.ts';
import { failed, ok, skipped, type Verdict, warning } from './verdict.ts';

const SIGN_IN = 'Run `npm run sign-in` with the Referrals admin account and multi-factor authentication.';
const ROLE =
  'In Partner Center give the account the role Referrals admin for the entire company, then run the doctor again.';

export async function checkSignIn(
  parts: Pick<PartsUnderTest, 'signIn' | 'signInProblems'>,
  { needed }: SettingsReading,
  managed: boolean,
): Promise<Verdict> {
  if (needed?.partner.credential.kind === 'federated' && !managed) {
    return skipped(
      'without PARTNER_CLIENT_SECRET only the managed identity can prove the app, and it is not here: ask the deployed app with --app URL --key KEY',
    );
  }
  try {
    await parts.signIn();
  } catch (error) {
    return callFailure(error, 'Check PARTNER_AUTHORITY_URL and the network, then run the doctor again.');
  }
  const [problem] = parts.signInProblems();
  if (problem) return failed(problem.reason, problem.nextStep);
  return ok('the refresh token was redeemed and its successor saved');
}

/** The API's other name: the app id that its tokens may carry instead of its address. */
const PARTNER_API = 'https://api.partner.microsoft.com';
const PARTNER_APP_ID = '4990cffe-04e8-4e8b-808a-1175604b879f';

export async function checkToken({ tokenClaims }: Pick<PartsUnderTest, 'tokenClaims'>): Promise<Verdict> {
  const { audience, mfa } = await tokenClaims();
  if (audience === null)
    return warning('the access token cannot be read', 'See whether the check `referrals` is well.');
  const isRight = audience.some(name => trimEnd(name, '/') === PARTNER_API || name === PARTNER_APP_ID);
  if (!isRight)
    return failed(
      'the access token is for another API than Partner Center',
      `Set PARTNER_SCOPE to ${PARTNER_API}/user_impersonation offline_access, and sign in again.`,
    );
  if (mfa === 'missing') return failed('the sign-in does not prove multi-factor authentication', SIGN_IN);
  if (mfa === 'unknown')
    return warning(
      'the audience is right; the token does not say whether MFA was used',
      `If Partner Center refuses it: ${SIGN_IN}`,
    );
  return ok('the audience is right and multi-factor authentication is proven');
}

/** One list call, as the poll makes it. */
export async function checkReferrals(client: Pick<ReferralsClient, 'list'>, filter: string) {
  try {
    const page = await client.list({ filter, orderby: 'createdDateTime asc' });
    const count = `${page.rows.length} pending ${page.rows.length === 1 ? 'referral' : 'referrals'}`;
    const verdict = ok(
      page.hasMore ? `${count} on the first page (its size), more follow` : `${count}, all on one page`,
    );
    return { verdict, page };
  } catch (error) {
    const cure =
      error instanceof PartnerCenterError && error.status === 400
        ? 'Check REFERRALS_FILTER: Partner Center does not understand the query.'
        : 'Check REFERRALS_API_URL, the network and the status of Partner Center, then run the doctor again.';
    return { verdict: callFailure(error, cure), page: null };
  }
}

/** A role that is too narrow shows as leads that are silently missing. */
export async function checkRole(client: Pick<ReferralsClient, 'list'>, pending: RawPage): Promise<Verdict> {
  if (pending.rows.length > 0) return ok('the account sees referrals; compare their number with Partner Center once');
  try {
    const { rows } = await client.list({ top: 1 });
    if (rows.length > 0) return ok('the account sees referrals, none of them pending');
    return warning('the account sees no referral at all: it may be a Referrals user, who sees only their own', ROLE);
  } catch (error) {
    return callFailure(error, 'Run the doctor again; the second list call failed where the first went well.');
  }
}

const MOST_SKEW = 5 * MINUTE;

export function checkClock({ date }: RawPage, now: number): Verdict {
  if (date === null)
    return warning('Partner Center did not tell its time', 'Compare the clock of this machine with a time service.');
  const skew = now - date;
  const off = inWords(Math.abs(skew));
  if (Math.abs(skew) <= MOST_SKEW) return ok(`within ${off === '0m' ? 'a minute' : off} of Partner Center's clock`);
  return failed(
    `this machine's clock is ${off} ${skew > 0 ? 'ahead of' : 'behind'} Partner Center's`,
    'Set the clock of this machine by a time service (NTP): expiries and tokens depend on it.',
  );
}

export function checkSecrets(parts: Pick<PartsUnderTest, 'ends' | 'endingSoon'>, now: number): Verdict {
  const due = parts.endingSoon(now);
  const cure = due.map(({ text }) => text).join(' ');
  const ended = due.filter(({ what }) => parts.ends().some(end => end.what === what && end.at <= now));
  if (ended.length > 0) return failed(`ended: ${ended.map(nameOf).join(', ')}`, cure);
  if (due.length > 0) {
    const names = due.map(one => `${nameOf(one)} (${one.daysLeft} days left)`);
    return warning(`ending soon: ${names.join(', ')}`, cure);
  }
  const ends = parts.ends();
  if (ends.length === 0) return ok('no end of a secret is known');
  const nearest = Math.floor((Math.min(...ends.map(end => end.at)) - now) / DAY);
  return ok(`nothing that is known ends before ${nearest} days from now`);
}

function nameOf({ what }: { readonly what: string }): string {
  return what.replace('-', ' ');
}

function callFailure(error: unknown, otherwise: string): Verdict {
  if (error instanceof SignInNeededError) return failed(error.trouble.reason, error.trouble.nextStep);
  if (error instanceof NotAllowedError) return failed(error.message, ROLE);
  if (error instanceof ThrottledError) return failed(error.message, 'Wait some minutes and run the doctor again.');
  return failed(error instanceof Error ? error.message : 'it failed for an unknown reason', otherwise);
}

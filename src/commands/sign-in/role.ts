import { isSecure } from '../../base/loopback.ts';
import { NotAllowedError } from '../../model/errors.ts';
import type { ReferralsClient } from '../../model/referral-source.ts';
import { SignInFailure } from './account.ts';

/** Asks Partner Center for one referral. Only a clear refusal stops the sign-in: Partner Center may be away just now. */
export async function checkRole(
  apiUrl: string,
  client: (apiUrl: string) => Pick<ReferralsClient, 'list'>,
): Promise<string> {
  try {
    if (!URL.canParse(apiUrl) || !isSecure(new URL(apiUrl))) throw new Error('no address to send a token to');
    const { rows } = await client(apiUrl).list({ top: 1 });
    return rows.length > 0
      ? 'the account sees referrals'
      : 'the account sees no referrals; if there should be some, give it Referrals admin for the entire company';
  } catch (error) {
    if (error instanceof NotAllowedError) throw new SignInFailure('no-role');
    return 'not checked, Partner Center did not answer; run `npm run doctor` later';
  }
}

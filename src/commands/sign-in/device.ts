import { initiateDeviceAuthorization, pollDeviceAuthorizationGrant } from 'openid-client';
import { type AuthorityOptions, authorityOf } from '../../partner-center/sign-in/token-endpoint.ts';
import { type SignedIn, signedInOf } from './account.ts';

/** For machines without a browser: shows a code that is typed in one elsewhere, and waits. */
export async function signInByDevice(
  options: AuthorityOptions,
  scope: string,
  say: (text: string) => void,
): Promise<SignedIn> {
  const authority = authorityOf(options);
  const device = await initiateDeviceAuthorization(authority, { scope });
  const minutes = Math.round(device.expires_in / 60);
  say('Open this address in any browser and sign in as the Referrals admin:');
  say(`  ${device.verification_uri}`);
  say('Type this code there:');
  say(`  ${device.user_code}`);
  say(`Waiting for up to ${minutes} minutes.`);
  return signedInOf(await pollDeviceAuthorizationGrant(authority, device));
}

import { parseArgs } from 'node:util';
import { openPartnerSignIn } from '../app/partner-sign-in.ts';
import { createReferralsClient } from '../partner-center/client.ts';
import { TokenStoreError } from '../partner-center/sign-in/token-store.ts';
import { readSignInSettings } from '../settings/read-settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { readEnvironment } from './settings-source.ts';
import { accountOf, type SignedIn, SignInFailure } from './sign-in/account.ts';
import { signInByBrowser } from './sign-in/browser.ts';
import { signInByDevice } from './sign-in/device.ts';
import { checkRole } from './sign-in/role.ts';
import { inWords } from './sign-in/words.ts';
import { runHere, silentLog, type Terminal } from './terminal.ts';

const USAGE = `Signs in to Partner Center once, so that the poll can go on by itself.

  npm run sign-in                      opens the sign-in page in a browser of this machine
  npm run sign-in -- --device          shows a code to type in a browser anywhere
  npm run sign-in -- --settings FILE   reads FILE in place of local.settings.json`;

/** Signs somebody in, looks at who it is, and only then replaces the stored refresh token. */
async function letIn(args: readonly string[], terminal: Terminal): Promise<void> {
  const { say } = terminal;
  const { values } = parseArgs({
    args: [...args],
    options: { device: { type: 'boolean' }, settings: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return say(USAGE);
  const env = readEnvironment(terminal, values.settings ?? null);
  const settings = readSignInSettings(env);
  const { authority, store } = openPartnerSignIn(settings, { log: silentLog, clock: Date.now });
  const scope = scopeOf(settings.partner.scope);

  const signedIn: SignedIn = await (values.device ? signInByDevice : signInByBrowser)(authority, scope, say);
  const account = accountOf(signedIn, settings.partner.tenantId);
  say(`Signed in: ${account.name}`);
  say(`Tenant:    ${account.tenantId}`);
  if (account.mfa === 'missing') throw new SignInFailure('mfa-missing');
  say(
    `MFA:       ${account.mfa === 'proven' ? 'proven by the token' : 'the token does not say; Partner Center may refuse it'}`,
  );

  const apiUrl = env.REFERRALS_API_URL?.trim() || 'https://api.partner.microsoft.com/v1.0/engagements';
  const tokens = { get: async () => signedIn.accessToken, refresh: async () => signedIn.accessToken };
  const client = (url: string) =>
    createReferralsClient({ apiUrl: url, filter: '', tokens, log: silentLog, clock: Date.now, timeoutMs: 10_000 });
  say(`Role:      ${await checkRole(apiUrl, client)}`);

  await store.save(signedIn.refreshToken);
  say(
    `Saved:     the refresh token, in ${settings.refreshToken.kind === 'file' ? 'the file of REFRESH_TOKEN_FILE' : 'Key Vault'}. The poll can go on by itself now.`,
  );
}

/** What the poll needs, and who signed in. */
function scopeOf(partnerScope: string): string {
  return [...new Set([...partnerScope.split(/\s+/).filter(Boolean), 'openid', 'profile'])].join(' ');
}

/** Answers the exit code. */
export async function signIn(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await letIn(args, terminal);
    return 0;
  } catch (error) {
    const stored = error instanceof TokenStoreError ? `${error.message}. ${error.nextStep}` : null;
    const settings = error instanceof SettingsError ? error.message : null;
    terminal.complain(`Not signed in. ${stored ?? settings ?? inWords(error)}`);
    return 1;
  }
}

if (import.meta.main) await runHere(signIn);

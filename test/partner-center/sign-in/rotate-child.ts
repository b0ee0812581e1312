import { setTimeout as sleep } from 'node:timers/promises';
import { ClientSecretPost } from 'openid-client';
import { createAccessTokens } from '../../../src/partner-center/sign-in/access-tokens.ts';
import { createFileTokenStore } from '../../../src/partner-center/sign-in/file-token-store.ts';

/** One instance of the app that renews its access token over and over. Prints a dot a rotation, then `done`. */
const [authorityUrl = '', tenantId = '', clientId = '', secret = '', file = '', rotations = '1', lookAgainMs] =
  process.argv.slice(2);
let now = Date.now();
const silent = () => {};
const tokens = createAccessTokens({
  authorityUrl,
  tenantId,
  clientId,
  clientAuth: ClientSecretPost(secret),
  scope: 'https://api.partner.microsoft.com/user_impersonation offline_access',
  store: createFileTokenStore(file),
  log: { info: silent, warn: silent, error: silent },
  clock: () => now,
  ...(lookAgainMs && { lookAgainMs: Number(lookAgainMs) }),
});
for (let count = 0; count < Number(rotations); count += 1) {
  await tokens.get();
  const [problem] = tokens.problems();
  if (problem) throw new Error(problem.reason);
  process.stdout.write('.');
  now += 3_600_000;
  // Others come to their turn, as they do when an hour lies between.
  if (lookAgainMs) await sleep(Math.random() * 40);
}
process.stdout.write('done');

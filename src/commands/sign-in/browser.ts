import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import open from 'open';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { MINUTE } from '../../base/instant.ts';
import { type AuthorityOptions, authorityOf } from '../../partner-center/sign-in/token-endpoint.ts';
import { type SignedIn, SignInFailure, signedInOf } from './account.ts';
import { inWords } from './words.ts';

// The app registration names http://localhost/signed-in; Entra takes any port for it.
const PATH = '/signed-in';
const PATIENCE = 15 * MINUTE;

/** Authorization code with PKCE; the answer comes back to this machine only. */
export async function signInByBrowser(
  options: AuthorityOptions,
  scope: string,
  say: (text: string) => void,
): Promise<SignedIn> {
  const authority = authorityOf(options);
  // A credential that is missing fails here, not after somebody has signed in.
  await options.clientAuth(
    authority.serverMetadata(),
    authority.clientMetadata(),
    new URLSearchParams(),
    new Headers(),
  );
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const answer = Promise.withResolvers<{ url: URL; response: ServerResponse }>();
  let isAnswered = false;
  const timer = setTimeout(() => answer.reject(new SignInFailure('too-late')), PATIENCE);
  const { servers, port } = await listen((url, response) => {
    // Anything on this machine may knock here: only the answer to our own question counts, and only once.
    if (isAnswered || url.searchParams.get('state') !== state) {
      return show(
        response,
        400,
        'This is not the answer to the sign-in that is waiting. Use the address in the terminal.',
      );
    }
    isAnswered = true;
    answer.resolve({ url, response });
  });
  try {
    const page = buildAuthorizationUrl(authority, {
      redirect_uri: `http://localhost:${port}${PATH}`,
      scope,
      state,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      prompt: 'select_account',
    });
    say('Open this address and sign in as the Referrals admin:');
    say(`  ${page.href}`);
    // Only for somebody who is there to see it. The address holds nothing secret.
    if (process.stdout.isTTY) await open(page.href).catch(() => null);
    const { url, response } = await answer.promise;
    return await finish(url, response);
  } finally {
    clearTimeout(timer);
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
  }

  async function finish(url: URL, response: ServerResponse): Promise<SignedIn> {
    try {
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const signedIn = signedInOf(await authorizationCodeGrant(authority, url, checks));
      show(response, 200, 'Signed in. You may close this page; the terminal says how it went on.');
      return signedIn;
    } catch (error) {
      show(response, 400, `Not signed in. ${inWords(error)}`);
      throw error;
    }
  }
}

/** Listens on both loopback addresses, as `localhost` may mean either; on one port, which the browser is sent to. */
async function listen(onAnswer: (url: URL, response: ServerResponse) => void) {
  const handler = (
    request: { url?: string; method?: string; headers: { host?: string } },
    response: ServerResponse,
  ) => {
    const [path, query = ''] = (request.url ?? '').split(/\?(.*)/s);
    if (request.method !== 'GET' || path !== PATH) return show(response, 404, 'There is nothing here.');
    onAnswer(new URL(`http://localhost:${port}${PATH}?${query}`), response);
  };
  const first = createServer(handler as never);
  await listenOn(first, 0, '127.0.0.1');
  const { port } = first.address() as AddressInfo;
  const second = createServer(handler as never);
  const both = await listenOn(second, port, '::1').then(
    () => true,
    () => false,
  );
  return { servers: both ? [first, second] : [first], port };
}

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

/** A plain page of our own words; nothing of the request is in it. */
function show(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.end(`<!doctype html><html lang="en"><title>Referral Alerts</title><main><p>${safe}</p></main></html>`);
}

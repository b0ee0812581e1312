import type { Context } from 'hono';
import type { Client } from './client.ts';
import type { Grants } from './grants.ts';
import { consentPage } from './pages.ts';

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** Sends the browser back with a code or a refusal, or asks whoever sits before it. */
export function authorize(
  context: Context,
  answer: 'approve' | 'decline' | 'ask',
  options: { clients: readonly Client[]; grants: Grants; userName: string },
): Response | Promise<Response> {
  const { search, searchParams: query } = new URL(context.req.url);
  const clientId = query.get('client_id') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  const challenge = query.get('code_challenge');
  // Entra shows these on a page of its own: there is nowhere safe to send the browser.
  const wrong = (number: number, text: string) => context.text(`AADSTS${number}: ${text}`, 400);
  if (!options.clients.some(client => client.clientId === clientId)) return wrong(700016, 'unknown application');
  if (!LOOPBACK.test(redirectUri)) return wrong(50011, 'the redirect URI is not registered');
  if (query.get('response_type') !== 'code') return wrong(90014, 'the response type must be code');
  if (challenge !== null && query.get('code_challenge_method') !== 'S256') return wrong(501491, 'only S256 is taken');
  if (answer === 'ask') return context.html(consentPage({ user: options.userName, clientId, action: search }));

  const target = new URL(redirectUri);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  if (answer === 'decline') {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_description', 'AADSTS65004: User declined to consent to access the app.');
  } else {
    const scope = query.get('scope') ?? '';
    const code = options.grants.issueCode({ clientId, redirectUri, scope, challenge, nonce: query.get('nonce') });
    target.searchParams.set('code', code);
    target.searchParams.set('session_state', 'c2a1f0de-0000-4000-8000-000000000001');
  }
  return context.redirect(target.href);
}

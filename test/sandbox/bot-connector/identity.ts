import type { Context, Hono } from 'hono';
import type { Signer } from '../authority/signer.ts';
import type { Bindings } from '../serve.ts';

export interface IdentityOptions {
  readonly appId: string;
  readonly tenantId: string;
  /** Secret that the platform gives to the process, sent back with every question. */
  readonly header: string;
  /** Password of a bot without managed identity. */
  readonly password: string;
  /** What the bot asks its tokens for. */
  readonly service: string;
  readonly signer: Signer;
}

export interface IdentityState {
  /** What was asked, newest last: the grant or `managed-identity`, and what came of it. */
  readonly asked: { readonly by: string; readonly clientId: string | null; readonly status: number }[];
  down: boolean;
}

const LIFETIME_SECONDS = 24 * 60 * 60;

/** The platform's identity endpoint, and the authority's token endpoint for a bot with a password. */
export function addIdentityRoutes(app: Hono<Bindings>, options: IdentityOptions): IdentityState {
  const state: IdentityState = { asked: [], down: false };
  // The one identity of the app also sends its mail.
  const resources = [options.service, 'https://communication.azure.com'];

  const issue = async (audience: string) => {
    const now = Math.floor(Date.now() / 1000);
    const expires = now + LIFETIME_SECONDS;
    const token = await options.signer.sign({
      iss: `https://sts.windows.net/${options.tenantId}/`,
      aud: audience,
      appid: options.appId,
      tid: options.tenantId,
      // No beginning: a process may keep a token while a test turns its clock back.
      exp: expires,
    });
    return { token, expires };
  };

  async function managedIdentity(context: Context<Bindings>): Promise<Response> {
    const clientId = context.req.query('client_id') ?? null;
    const answer = (status: 200 | 400 | 401 | 500, body: object) => {
      state.asked.push({ by: 'managed-identity', clientId, status });
      return context.json(body, status);
    };
    if (state.down) return answer(500, { statusCode: 500, message: 'down' });
    if (context.req.header('x-identity-header') !== options.header) {
      return answer(401, { statusCode: 401, message: 'wrong header' });
    }
    if (clientId !== options.appId) return answer(400, { statusCode: 400, message: 'no such identity' });
    const resource = (context.req.query('resource') ?? '').replace(/\/$/, '');
    if (!resources.includes(resource)) return answer(400, { statusCode: 400, message: 'no such resource' });
    const { token, expires } = await issue(resource);
    return answer(200, {
      access_token: token,
      expires_on: String(expires),
      resource,
      token_type: 'Bearer',
      client_id: clientId,
    });
  }

  async function withPassword(context: Context<Bindings>): Promise<Response> {
    const form = await context.req.parseBody();
    const clientId = typeof form.client_id === 'string' ? form.client_id : null;
    const right =
      !state.down &&
      form.grant_type === 'client_credentials' &&
      clientId === options.appId &&
      form.client_secret === options.password &&
      String(form.scope).split(' ').includes(`${options.service}/.default`);
    state.asked.push({ by: String(form.grant_type), clientId, status: right ? 200 : 401 });
    if (!right) return context.json({ error: 'invalid_client', error_description: 'AADSTS7000215' }, 401);
    const { token } = await issue(options.service);
    return context.json({ token_type: 'Bearer', expires_in: LIFETIME_SECONDS, access_token: token });
  }

  app.get('/identity/token', managedIdentity);
  app.get(`/${options.tenantId}/v2.0/.well-known/openid-configuration`, context => {
    const base = new URL(context.req.url).origin;
    return context.json({
      issuer: `${base}/${options.tenantId}/v2.0`,
      authorization_endpoint: `${base}/${options.tenantId}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/${options.tenantId}/oauth2/v2.0/token`,
      jwks_uri: `${base}/${options.tenantId}/discovery/v2.0/keys`,
    });
  });
  app.post(`/${options.tenantId}/oauth2/v2.0/token`, withPassword);
  return state;
}

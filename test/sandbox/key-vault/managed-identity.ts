import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { type Bindings, serve } from '../serve.ts';

export interface ManagedIdentity {
  /** What the platform would set: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`. */
  readonly environment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** Resources that were asked for, in order. */
  readonly asked: { readonly resource: string; readonly clientId: string | null }[];
  /** Whether this token was issued here, for this resource. */
  isToken(token: string, resource: string): boolean;
  /** `down`: every request is refused. Tokens live for `lifetime` seconds. */
  state: { down: boolean; lifetime: number };
  close(): Promise<void>;
}

/** The platform's token endpoint for managed identities, protocol 2019-08-01. */
export async function createManagedIdentity(options: { clientId?: string } = {}): Promise<ManagedIdentity> {
  const header = randomBytes(16).toString('hex');
  const issued = new Map<string, string>();
  const asked: { resource: string; clientId: string | null }[] = [];
  const state = { down: false, lifetime: 86_400 };
  const app = new Hono<Bindings>();
  app.get('/msi/token', context => {
    const { resource = '', client_id: clientId = null, 'api-version': version } = context.req.query();
    if (state.down) return context.text('Service Unavailable', 503);
    if (context.req.header('x-identity-header') !== header) return context.json({ statusCode: 401 }, 401);
    if (version !== '2019-08-01') return context.json({ statusCode: 400, message: 'api-version' }, 400);
    if (options.clientId && clientId !== options.clientId) {
      return context.json({ statusCode: 400, message: 'No User Assigned or Delegated Managed Identity found.' }, 400);
    }
    asked.push({ resource, clientId });
    const token = randomBytes(24).toString('base64url');
    issued.set(token, resource);
    const expiresOn = String(Math.floor(Date.now() / 1_000) + state.lifetime);
    return context.json({
      access_token: token,
      expires_on: expiresOn,
      resource,
      token_type: 'Bearer',
      client_id: clientId,
    });
  });
  const served = await serve(app);
  return {
    environment: { IDENTITY_ENDPOINT: `${served.url}/msi/token`, IDENTITY_HEADER: header },
    asked,
    isToken: (token, resource) => issued.get(token)?.replace(/\/$/, '') === resource,
    state,
    close: served.close,
  };
}

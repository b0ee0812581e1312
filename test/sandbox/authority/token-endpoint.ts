import type { Context } from 'hono';
import { authenticateClient, type Client, type ClientProof } from './client.ts';
import type { Endpoints } from './endpoints.ts';
import type { AuthorityFaults } from './faults.ts';
import type { Grants } from './grants.ts';
import { errorReply, OAuthError } from './oauth-error.ts';

const KEPT = 500;

/** One request for a token, without its secrets. */
export interface TokenRequest {
  readonly at: number;
  readonly grantType: string | null;
  readonly scope: string | null;
  readonly proof: ClientProof | null;
  /** AADSTS number of the refusal, or null when a token was issued. */
  readonly error: number | null;
}

/** The route handler that answers every grant, and the record of what it was asked. */
export function createTokenEndpoint(options: {
  clients: readonly Client[];
  grants: Grants;
  faults: AuthorityFaults;
  endpoints(): Endpoints;
  changed(): void;
}): { requests: TokenRequest[]; answer(context: Context): Promise<Response> } {
  const requests: TokenRequest[] = [];
  const usedAssertions = new Set<string>();

  async function answer(context: Context): Promise<Response> {
    const form = new URLSearchParams(await context.req.text());
    const { token, issuer } = options.endpoints();
    let proof: ClientProof | null = null;
    let error: OAuthError | null = null;
    try {
      const found = await authenticateClient(options.clients, form, context.req.header('authorization'), {
        audiences: [token, issuer],
        secretExpired: options.faults.secretExpired,
        usedAssertions,
      });
      proof = found.proof;
      context.header('Cache-Control', 'no-store');
      return context.json(await options.grants.grant(found.client, form));
    } catch (caught) {
      if (!(caught instanceof OAuthError)) throw caught;
      error = caught;
      return errorReply(context, caught);
    } finally {
      const [grantType, scope] = [form.get('grant_type'), form.get('scope')];
      requests.push({ at: Date.now(), grantType, scope, proof, error: error?.number ?? null });
      if (requests.length > KEPT) requests.shift();
      options.changed();
    }
  }

  return { requests, answer };
}

import { X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose';
import { OAuthError } from './oauth-error.ts';

/** An app registration: who may ask for tokens, and how it proves who it is. Nothing to prove with: a public client. */
export interface Client {
  readonly clientId: string;
  readonly secret?: string;
  /** PEM of the certificate that signs its assertions. */
  readonly certificate?: string;
  /** Judges an assertion from elsewhere, such as a managed identity's token. */
  readonly federated?: (assertion: string) => boolean | Promise<boolean>;
}

export type ClientProof = 'none' | 'client_secret_post' | 'client_secret_basic' | 'certificate' | 'federated';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Finds the client a token request comes from and checks its proof; throws `OAuthError`. */
export async function authenticateClient(
  clients: readonly Client[],
  form: URLSearchParams,
  authorization: string | undefined,
  endpoint: { audiences: readonly string[]; secretExpired: boolean; usedAssertions: Set<string> },
): Promise<{ client: Client; proof: ClientProof }> {
  const basic = readBasic(authorization);
  const clientId = basic?.clientId ?? form.get('client_id');
  const client = clients.find(candidate => candidate.clientId === clientId);
  if (!client) {
    throw new OAuthError('unauthorized_client', 700016, 'The application was not found in the directory.');
  }
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) {
      throw new OAuthError('invalid_request', 900144, "The request body must contain 'client_assertion_type'.");
    }
    return { client, proof: await checkAssertion(client, assertion, endpoint) };
  }
  const secret = basic?.secret ?? form.get('client_secret');
  if (secret === null) {
    if (client.secret === undefined && !client.certificate && !client.federated) return { client, proof: 'none' };
    throw new OAuthError(
      'invalid_client',
      7000218,
      "The request body must contain 'client_assertion' or 'client_secret'.",
    );
  }
  if (client.secret === undefined || secret !== client.secret) {
    throw new OAuthError('invalid_client', 7000215, 'Invalid client secret provided.');
  }
  if (endpoint.secretExpired) {
    throw new OAuthError('invalid_client', 7000222, 'The provided client secret keys are expired.');
  }
  return { client, proof: basic ? 'client_secret_basic' : 'client_secret_post' };
}

function readBasic(authorization: string | undefined): { clientId: string; secret: string } | null {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  return { clientId: decode(clientId), secret: decode(secret.join(':')) };
}

async function checkAssertion(
  client: Client,
  assertion: string,
  endpoint: { audiences: readonly string[]; usedAssertions: Set<string> },
): Promise<ClientProof> {
  if (client.federated && (await client.federated(assertion))) return 'federated';
  const refused = (text: string) =>
    new OAuthError('invalid_client', 700027, `The client assertion is not valid: ${text}`);
  if (!client.certificate) throw refused('the application has no certificate.');
  const { fingerprint, fingerprint256 } = new X509Certificate(client.certificate);
  try {
    const header = decodeProtectedHeader(assertion) as { alg?: string; x5t?: string; 'x5t#S256'?: string };
    const known = header.x5t === thumbprint(fingerprint) || header['x5t#S256'] === thumbprint(fingerprint256);
    if (!known) throw refused('no certificate has this thumbprint.');
    const { payload } = await jwtVerify(assertion, await importX509(client.certificate, header.alg ?? ''), {
      algorithms: ['RS256', 'PS256'],
      issuer: client.clientId,
      subject: client.clientId,
      audience: [...endpoint.audiences],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(Date.now()),
    });
    if (endpoint.usedAssertions.has(String(payload.jti))) throw refused('it was used before.');
    endpoint.usedAssertions.add(String(payload.jti));
  } catch (error) {
    throw error instanceof OAuthError ? error : refused((error as Error).message);
  }
  return 'certificate';
}

function thumbprint(fingerprint: string): string {
  return Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');
}

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface Signer {
  /** Signs claims as they are with the newest key. */
  sign(claims: JWTPayload): Promise<string>;
  /** The public keys, newest first, as the keys endpoint shows them. */
  keys(): readonly JWK[];
  /** Signs with a new key from now on; `forgetOld` stops publishing the others. */
  rotate(options?: { forgetOld?: boolean }): Promise<void>;
}

export async function createSigner(): Promise<Signer> {
  let current = await createKey();
  let published: JWK[] = [current.publicJwk];
  return {
    sign: claims =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid }).sign(current.key),
    keys: () => published,
    async rotate({ forgetOld = false } = {}) {
      current = await createKey();
      published = [current.publicJwk, ...(forgetOld ? [] : published)];
    },
  };
}

async function createKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const kid = randomUUID();
  // Entra's keys name no algorithm.
  return { key: privateKey, kid, publicJwk: { ...(await exportJWK(publicKey)), use: 'sig', kid } };
}

import { randomUUID } from 'node:crypto';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface Signer {
  /** Signs claims as they are with the newest key. */
  sign(claims: JWTPayload): Promise<string>;
  /** The public keys, newest first, as the keys endpoint shows them. */
  keys(): readonly JWK[];
  /** Signs with a new key from now on; `forgetOld` stops publishing the others. */
  rotate(options?: { forgetOld?: boolean }): Promise<void>;
}

/** Costs more than all else of an authority. */
export const newPair = () => generateKeyPair('RS256', { modulusLength: 2048 });

/** @param pair - the first pair of keys to sign with; a new one unless given */
export async function createSigner(pair: Promise<GenerateKeyPairResult> = newPair()): Promise<Signer> {
  let current = await keyOf(pair);
  let published: JWK[] = [current.publicJwk];
  return {
    sign: claims =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: current.kid }).sign(current.key),
    keys: () => published,
    async rotate({ forgetOld = false } = {}) {
      current = await keyOf(newPair());
      published = [current.publicJwk, ...(forgetOld ? [] : published)];
    },
  };
}

async function keyOf(pair: Promise<GenerateKeyPairResult>) {
  const { privateKey, publicKey } = await pair;
  const kid = randomUUID();
  // Entra's keys name no algorithm.
  return { key: privateKey, kid, publicJwk: { ...(await exportJWK(publicKey)), use: 'sig', kid } };
}

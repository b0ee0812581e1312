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

const newPair = () => generateKeyPair('RS256', { modulusLength: 2048 });

const firstPairs = new Map<string, Promise<GenerateKeyPairResult>>();

/** @param whose - all signers of this name in a process begin with one pair of keys: to make it costs more than all else */
export async function createSigner(whose: string): Promise<Signer> {
  const pair = firstPairs.get(whose) ?? newPair();
  firstPairs.set(whose, pair);
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

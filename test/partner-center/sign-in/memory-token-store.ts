import { type TokenStore, TokenStoreError } from '../../../src/partner-center/sign-in/token-store.ts';

/** A store that can be out of order. */
export function memoryTokenStore(token: string) {
  const state = { token, readable: true, writable: true, reads: 0, saves: [] as string[] };
  const store: TokenStore = {
    async read() {
      state.reads += 1;
      if (!state.readable) throw new TokenStoreError('The store is away', 'Bring it back.');
      return { token: state.token, savedAt: null, expiresAt: null };
    },
    async save(successor) {
      if (!state.writable) throw new TokenStoreError('The store takes nothing', 'Let it be written.');
      state.token = successor;
      state.saves.push(successor);
    },
  };
  return { ...store, state };
}

import { onTestFinished } from 'vitest';
import { createReferralsClient, type ReferralsClientOptions } from '../../src/partner-center/client.ts';
import { createReferralsApi, type ReferralsApiOptions } from '../sandbox/referrals-api/referrals-api.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { type Answer, scriptedServer } from './scripted-server.ts';

export const FILTER = "direction eq 'Incoming' and substatus eq 'Pending'";

/** The client under test, with what it logged and the tokens it had renewed. */
export function client(apiUrl: string, options: Partial<ReferralsClientOptions> = {}) {
  const log = keepingLog();
  const refreshed: string[] = [];
  const tokens = {
    get: async () => 'token-1',
    refresh: async (rejected: string) => {
      refreshed.push(rejected);
      return 'token-2';
    },
  };
  const made = createReferralsClient({
    apiUrl,
    filter: FILTER,
    tokens,
    log,
    clock: Date.now,
    pauseMs: 1,
    ...options,
  });
  return { ...made, log, refreshed };
}

/** Partner Center as it is documented; closed when the test ends. */
export async function emulator(options: ReferralsApiOptions = {}) {
  const api = await createReferralsApi(options);
  onTestFinished(api.close);
  return api;
}

/** A server that answers whatever a test wants; closed when the test ends. */
export async function scripted(...answers: Answer[]) {
  const server = await scriptedServer(...answers);
  onTestFinished(server.close);
  return server;
}

/** All that one walk through the list brings. */
export async function walk(reader: Pick<ReturnType<typeof createReferralsClient>, 'listPending'>) {
  const ids: string[] = [];
  let setAside = 0;
  let failure: unknown = null;
  try {
    for await (const found of reader.listPending()) {
      ids.push(...found.referrals.map(referral => referral.id));
      setAside += found.setAside;
    }
  } catch (error) {
    failure = error;
  }
  return { ids, setAside, failure };
}

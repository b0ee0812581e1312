import { inTime, NotInTimeError } from '../base/in-time.ts';
import type { Clock } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import {
  IncompleteWalkError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../model/errors.ts';
import type { Referral } from '../model/referral.ts';
import { isReferralId } from '../model/referral-id.ts';
import type { RawPage, ReferralPage, ReferralQuery, ReferralsClient } from '../model/referral-source.ts';
import { createCalls } from './call.ts';
import { queryText, type WirePage, wirePage } from './list-page.ts';
import { hasNext, nextQuery } from './next-link.ts';
import type { AccessTokens } from './sign-in/access-tokens.ts';
import { asObject } from './wire-object.ts';

export interface ReferralsClientOptions {
  /** The base; `/referrals` is appended. */
  readonly apiUrl: string;
  readonly filter: string;
  readonly tokens: Pick<AccessTokens, 'get' | 'refresh'> & Partial<Pick<AccessTokens, 'settle'>>;
  readonly log: Log;
  readonly clock: Clock;
  /** For one answer, headers and body. Default 30 s. */
  readonly timeoutMs?: number | undefined;
  /** The first pause between tries. Default 500 ms. */
  readonly pauseMs?: number;
  /** For a `get` that must not retry, sign-in included. Default 30 s. */
  readonly deadlineMs?: number;
}

const SLIM = ['id', 'status', 'substatus', 'type', 'direction', 'createdDateTime', 'expirationDateTime'];
// Ten thousand pages of 25 are more referrals than any partner has pending: beyond, the links run in circles.
const MOST_PAGES = 10_000;
const MOST_PAGES_WITHOUT_NEWS = 50;

/** Reads Partner Center's referrals. Never writes there. */
export function createReferralsClient(options: ReferralsClientOptions): ReferralsClient {
  const { filter, log, deadlineMs = 30_000 } = options;
  const base = new URL(`${options.apiUrl.replace(/\/$/, '')}/referrals`);
  const calls = createCalls(options);
  const counts = { list: 0, get: 0 };
  /** How often in a row slim rows were not to be had; from two on, whole ones are asked for at once. */
  let slimRefusals = 0;

  async function listCall(query: string): Promise<WirePage> {
    counts.list += 1;
    return wirePage(await calls.get(`${base.href}?${query}`, { retry: true }), options.clock());
  }

  /** Slim rows, or whole ones where `$select` is not to be had: refused, failing, or answered by rows without ids. */
  async function firstPage(newestFirst: boolean): Promise<WirePage> {
    // A walk begins each poll: the next chance for a token that could not be saved.
    await options.tokens.settle?.();
    // Without a token nothing is known of slim rows.
    await options.tokens.get();
    const query = { filter, orderby: `createdDateTime ${newestFirst ? 'desc' : 'asc'}` };
    if (slimRefusals < 2) {
      const trouble = await slimPage(queryText({ select: SLIM, ...query }));
      if ('rows' in trouble) return trouble;
      const page = await listCall(queryText(query));
      // A refusal will not change; what failed otherwise may have been a bad moment.
      slimRefusals += trouble.isRefusal ? 2 : 1;
      log.info('partner-center.whole-rows', { status: trouble.status, reason: trouble.reason });
      return page;
    }
    return listCall(queryText(query));
  }

  async function slimPage(query: string): Promise<WirePage | SlimTrouble> {
    try {
      const page = await listCall(query);
      if (page.rows.length > 0 && page.rows.every(row => !isReferralId(asObject(row).id)))
        return { isRefusal: true, status: 200, reason: 'no ids' };
      slimRefusals = 0;
      return page;
    } catch (error) {
      // Whatever was asked for, these say no.
      if (error instanceof ThrottledError || error instanceof SignInNeededError) throw error;
      const status = error instanceof PartnerCenterError ? error.status : null;
      return { isRefusal: [400, 422, 501].includes(status ?? 0), status, reason: (error as Error).name };
    }
  }

  async function* listPending({ newestFirst = false } = {}): AsyncGenerator<ReferralPage> {
    const followed = new Set<string>();
    const seen = new Set<unknown>();
    let withoutNews = 0;
    let coming: Promise<WirePage> | null = firstPage(newestFirst);
    coming.catch(() => {});
    // Whatever reads people's words knows all of HTML's entities: it is loaded while the first answer is on its way.
    const { pendingOf } = await import('./pending-rows.ts');
    while (coming !== null) {
      const page: WirePage = await coming;
      const sizeBefore = seen.size;
      for (const row of page.rows) seen.add(asObject(row).id);
      withoutNews = seen.size > sizeBefore ? 0 : withoutNews + 1;
      const follow = nextOf(page, followed, withoutNews);
      coming = follow.query === null ? null : listCall(follow.query);
      // Read ahead while this page is worked on; its failure is met when its turn comes.
      coming?.catch(() => {});
      const { referrals, setAside, notPending } = pendingOf(page.rows);
      if (notPending > 0) log.info('partner-center.not-pending', { rows: notPending });
      yield { referrals, setAside, clockSkewMs: page.clockSkewMs };
      if (follow.failure) throw follow.failure;
    }
  }

  /** A link that cannot be followed fails only after its page was handed over: what was read is still told. */
  function nextOf({ body }: WirePage, followed: Set<string>, withoutNews: number): Follow {
    try {
      const query = nextQuery(body, base);
      if (query === null) return { query };
      if (followed.has(query)) throw new IncompleteWalkError('the links to next pages form a loop');
      if (followed.size >= MOST_PAGES) throw new IncompleteWalkError('there are too many pages');
      if (withoutNews > MOST_PAGES_WITHOUT_NEWS) throw new IncompleteWalkError('the pages bring nothing new any more');
      followed.add(query);
      return { query };
    } catch (error) {
      return { query: null, failure: error as Error };
    }
  }

  async function get(id: string, { retry = true }: { readonly retry?: boolean } = {}): Promise<Referral> {
    if (!isReferralId(id)) throw new RangeError('not the id of a referral');
    counts.get += 1;
    const url = `${base.href}/${id}`;
    const calling = retry ? calls.get(url, { retry }) : inTime(deadlineMs, signal => calls.get(url, { retry, signal }));
    const [reply, { isReferral, parseReferral }] = await Promise.all([calling.catch(failureById), import('./wire.ts')]);
    if (!isReferral(reply.body, id))
      throw new PartnerCenterError('Partner Center answered without the referral that was asked for', 200);
    return parseReferral(reply.body);
  }

  async function list(query: ReferralQuery): Promise<RawPage> {
    const { rows, body, date } = await listCall(queryText(query));
    return { rows, hasMore: hasNext(body), date };
  }

  return { listPending, get, list, calls: () => ({ ...counts, requests: calls.requests() }) };
}

/** Why slim rows were not to be had. */
interface SlimTrouble {
  readonly isRefusal: boolean;
  readonly status: number | null;
  readonly reason: string;
}

interface Follow {
  readonly query: string | null;
  readonly failure?: Error;
}

/** Only Partner Center's own word says that it does not know a referral: gateways have bare pages for a path, too. */
function failureById(error: unknown): never {
  if (error instanceof NotInTimeError) throw new TimedOutError('Partner Center did not answer in time');
  if (error instanceof PartnerCenterError && (error.status === 404 || error.status === 410))
    throw new ReferralNotFoundError('Partner Center does not know it, or does not show it to us', {
      own: error.code !== null,
    });
  throw error;
}

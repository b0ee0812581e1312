import { inTime, NotInTimeError } from '../base/in-time.ts';
import type { Clock, Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import { IncompleteWalkError, PartnerCenterError, ReferralNotFoundError, TimedOutError } from '../model/errors.ts';
import type { PendingReferral, Referral } from '../model/referral.ts';
import { isReferralId } from '../model/referral-id.ts';
import type { RawPage, ReferralPage, ReferralQuery, ReferralsClient } from '../model/referral-source.ts';
import { createCalls, type Reply } from './call.ts';
import { nextQuery } from './next-link.ts';
import type { AccessTokens } from './sign-in/access-tokens.ts';
import { isClearlyNotPending, parsePending, parseReferral } from './wire.ts';
import { asObject } from './wire-values.ts';

export interface ReferralsClientOptions {
  /** The base; `/referrals` is appended. */
  readonly apiUrl: string;
  readonly filter: string;
  readonly tokens: Pick<AccessTokens, 'get' | 'refresh'> & Partial<Pick<AccessTokens, 'settle'>>;
  readonly log: Log;
  readonly clock: Clock;
  /** For one answer, headers and body. Default 30 s. */
  readonly timeoutMs?: number;
  /** The first pause between tries. Default 500 ms. */
  readonly pauseMs?: number;
  /** For a `get` that must not retry, sign-in included. Default 30 s. */
  readonly deadlineMs?: number;
}

const SLIM = ['id', 'status', 'substatus', 'type', 'direction', 'createdDateTime', 'expirationDateTime'];
// Ten thousand pages of 25 are more referrals than any partner has pending: beyond, the links run in circles.
const MOST_PAGES = 10_000;

/** Reads Partner Center's referrals. Never writes there. */
export function createReferralsClient(options: ReferralsClientOptions): ReferralsClient {
  const { filter, log, deadlineMs = 30_000 } = options;
  const base = new URL(`${options.apiUrl.replace(/\/+$/, '')}/referrals`);
  const calls = createCalls(options);
  const counts = { list: 0, get: 0 };
  let selectRefused = false;

  async function listCall(search: string): Promise<WirePage> {
    counts.list += 1;
    const url = new URL(base);
    url.search = search;
    return wirePage(await calls.get(url, { retry: true }), options.clock());
  }

  /** Slim rows, or whole ones where `$select` is refused; that is found out once per process. */
  async function firstPage(newestFirst: boolean): Promise<WirePage> {
    // A walk begins each poll: the next chance for a token that could not be saved.
    await options.tokens.settle?.();
    const query = { filter, orderby: `createdDateTime ${newestFirst ? 'desc' : 'asc'}` };
    if (selectRefused) return listCall(searchOf(query));
    try {
      return await listCall(searchOf({ select: SLIM, ...query }));
    } catch (error) {
      if (!(error instanceof PartnerCenterError) || ![400, 422, 501].includes(error.status ?? 0)) throw error;
      const page = await listCall(searchOf(query));
      selectRefused = true;
      log.info('partner-center.whole-rows', { status: error.status });
      return page;
    }
  }

  async function* listPending({ newestFirst = false } = {}): AsyncGenerator<ReferralPage> {
    const followed = new Set<string>();
    let coming: Promise<WirePage> | null = firstPage(newestFirst);
    while (coming !== null) {
      const page: WirePage = await coming;
      const follow = nextOf(page, followed);
      coming = follow.search === null ? null : listCall(follow.search);
      // Read ahead while this page is worked on; its failure is met when its turn comes.
      coming?.catch(() => {});
      yield pendingOf(page);
      if (follow.failure) throw follow.failure;
    }
  }

  /** A link that cannot be followed fails only after its page was handed over: what was read is still told. */
  function nextOf(page: WirePage, followed: Set<string>): { search: string | null; failure?: Error } {
    try {
      const search = nextQuery(page.nextLink, base);
      if (search !== null && followed.has(search)) throw new IncompleteWalkError('the links to next pages form a loop');
      if (followed.size >= MOST_PAGES) throw new IncompleteWalkError('there are too many pages');
      if (search !== null) followed.add(search);
      return { search };
    } catch (error) {
      return { search: null, failure: error as Error };
    }
  }

  function pendingOf(page: WirePage): ReferralPage {
    const referrals: PendingReferral[] = [];
    let notPending = 0;
    let setAside = 0;
    for (const row of page.rows) {
      if (isClearlyNotPending(row)) {
        notPending += 1;
        continue;
      }
      const referral = parsePending(row);
      if (referral === null) setAside += 1;
      else referrals.push(referral);
    }
    if (notPending > 0) log.info('partner-center.not-pending', { rows: notPending });
    return { referrals, setAside, clockSkewMs: page.clockSkewMs };
  }

  async function get(id: string, { retry = true }: { readonly retry?: boolean } = {}): Promise<Referral> {
    if (!isReferralId(id)) throw new RangeError('not the id of a referral');
    counts.get += 1;
    const url = new URL(`${base.href}/${id}`);
    const reply = await (retry
      ? calls.get(url, { retry })
      : inTime(deadlineMs, signal => calls.get(url, { retry, signal }))
    ).catch(failureById);
    if (Object.keys(asObject(reply.body)).length === 0)
      throw new PartnerCenterError('Partner Center answered without a referral', 200);
    const referral = parseReferral(reply.body, id);
    if (referral.id.toLowerCase() !== id.toLowerCase())
      throw new PartnerCenterError('Partner Center answered with another referral', 200);
    return referral;
  }

  async function list(query: ReferralQuery): Promise<RawPage> {
    const { rows, nextLink, date } = await listCall(searchOf(query));
    return { rows, hasMore: typeof nextLink === 'string' && nextLink !== '', date };
  }

  return { listPending, get, list, calls: () => ({ ...counts, requests: calls.requests() }) };
}

interface WirePage {
  readonly rows: readonly unknown[];
  readonly nextLink: unknown;
  readonly date: Instant | null;
  readonly clockSkewMs: number | null;
}

function wirePage({ body, date }: Reply, now: Instant): WirePage {
  const { value, '@odata.nextLink': nextLink } = asObject(body);
  if (!Array.isArray(value)) throw new PartnerCenterError('Partner Center answered a list without rows');
  return { rows: value, nextLink, date, clockSkewMs: date === null ? null : date - now };
}

/** The query, with spaces as `%20`: a plus sign is no space to every OData server. */
function searchOf({ select, filter, orderby, top }: ReferralQuery): string {
  const parts: Record<string, string | undefined> = {
    $select: select?.join(','),
    $top: top?.toString(),
    $filter: filter,
    $orderby: orderby,
  };
  const pairs = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '');
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`).join('&');
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

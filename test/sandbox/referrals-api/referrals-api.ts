import { createHash, randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { createListeners } from '../listeners.ts';
import { type Bindings, type Served, serve } from '../serve.ts';
import { adminRoutes, type Decision } from './admin.ts';
import { isTroubled, noFaults, type ReferralsApiFaults } from './faults.ts';
import { listPage, type Page } from './list.ts';
import { QueryError } from './odata.ts';
import { errorReply, failAsAsked } from './replies.ts';
import { deadline, type ReferralResource, wireTime } from './resource.ts';
import { nextLead } from './seed.ts';

const AUDIENCE = 'https://api.partner.microsoft.com';
const ROOT = '/v1.0/engagements/referrals';
const KEPT_REQUESTS = 1_000;

/** One request as it came, for tests to look at. */
export interface RecordedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly kind: 'list' | 'get' | 'other';
  readonly headers: readonly string[];
  /** The bearer token, or null without one. */
  readonly token: string | null;
  /** Null while it is not answered. */
  status: number | null;
}

/** What a token says; the authority emulator's `readToken` fits. */
export type TokenReader = (token: string) => { aud?: unknown; exp?: unknown; amr?: unknown } | null;

export interface ReferralsApiOptions {
  port?: number;
  referrals?: readonly ReferralResource[];
  pageSize?: number;
  /** Knows the tokens that were really issued. Without it any bearer token will do. */
  readToken?: TokenReader;
  audience?: string;
  /** How the link to the next page is written; the documents' own quirky form when not given. */
  nextLink?: (skipToken: string) => string;
}

export interface ReferralsApi {
  readonly url: string;
  readonly port: number;
  /** What `REFERRALS_API_URL` should be. */
  readonly baseUrl: string;
  readonly state: {
    /** The live rows, those past their deadline already expired. May be changed in place. */
    readonly referrals: ReferralResource[];
    pageSize: number;
  };
  readonly faults: ReferralsApiFaults;
  setFaults(changes: Partial<ReferralsApiFaults>): void;
  readonly counts: { list: number; get: number };
  readonly requests: RecordedRequest[];
  /** Forgets what was counted and recorded. */
  resetCounts(): void;
  add(...referrals: ReferralResource[]): void;
  /** Somebody sends `count` leads, each of a customer not seen before, created now. */
  addLeads(count?: number): readonly ReferralResource[];
  addLead(): ReferralResource;
  find(id: string): ReferralResource | null;
  remove(id: string): void;
  accept(id: string): ReferralResource | null;
  decline(id: string): ReferralResource | null;
  win(id: string): ReferralResource | null;
  lose(id: string): ReferralResource | null;
  /** Archives what nobody answered in time, by the clock of this process. Every read does it too. */
  expireDue(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

const OUTCOMES: Record<Decision, { status: string; substatus: string; dated: string }> = {
  accept: { status: 'Active', substatus: 'Accepted', dated: 'acceptedDateTime' },
  decline: { status: 'Closed', substatus: 'Declined', dated: 'closedDateTime' },
  win: { status: 'Closed', substatus: 'Won', dated: 'closedDateTime' },
  lose: { status: 'Closed', substatus: 'Lost', dated: 'closedDateTime' },
};

/** Partner Center's Referrals API as its documents describe it, quirks and troubles included. Reads `Date.now()`. */
export async function createReferralsApi(options: ReferralsApiOptions = {}): Promise<ReferralsApi> {
  const rows: ReferralResource[] = [...(options.referrals ?? [])];
  const listeners = createListeners();
  const faults = noFaults();
  const counts = { list: 0, get: 0 };
  const requests: RecordedRequest[] = [];
  const state = {
    get referrals() {
      expireDue();
      return rows;
    },
    pageSize: options.pageSize ?? 25,
  };
  let leads = 0;

  function expireDue(): void {
    let changed = false;
    for (const row of rows) {
      const due = row?.status === 'New' ? deadline(row) : null;
      if (due === null || due > Date.now()) continue;
      const closed = wireTime(due);
      Object.assign(row, {
        status: 'Closed',
        substatus: 'Expired',
        closedDateTime: closed,
        updatedDateTime: closed,
      });
      changed = true;
    }
    if (changed) listeners.changed();
  }

  function find(id: string): ReferralResource | null {
    return state.referrals.find(row => String(row?.id).toLowerCase() === id.toLowerCase()) ?? null;
  }

  function decide(id: string, decision: Decision): ReferralResource | null {
    const referral = find(id);
    if (!referral) return null;
    const { dated, ...outcome } = OUTCOMES[decision];
    const now = wireTime(Date.now());
    Object.assign(referral, outcome, { updatedDateTime: now, [dated]: now });
    listeners.changed();
    return referral;
  }

  function add(...referrals: ReferralResource[]): void {
    rows.push(...referrals);
    listeners.changed();
  }

  function addLeads(count = 1): readonly ReferralResource[] {
    const added = Array.from({ length: count }, () => nextLead(leads++));
    add(...added);
    return added;
  }

  function setFaults(changes: Partial<ReferralsApiFaults>): void {
    Object.assign(faults, changes);
    listeners.changed();
  }

  /** The faults that hit this request, none of them when its kind is spared or the trouble has passed. */
  function activeFaults(kind: RecordedRequest['kind']): ReferralsApiFaults {
    const hit = (faults.scope === 'all' || faults.scope === kind) && faults.times > 0;
    if (!hit) return noFaults();
    const active = { ...faults };
    if (isTroubled(active)) faults.times -= 1;
    return active;
  }

  function checkToken(context: Context<Bindings>, token: string | null): Response | null {
    const claims = token === null ? null : options.readToken ? options.readToken(token) : {};
    const refused = (message: string) => errorReply(context, 401, 'unauthenticated', message);
    if (!claims) return refused('The request carries no valid token.');
    if (!options.readToken) return null;
    if (claims.aud !== (options.audience ?? AUDIENCE)) return refused('The audience of the token is wrong.');
    if (Number(claims.exp) * 1_000 <= Date.now()) return refused('The token has expired.');
    if (!Array.isArray(claims.amr) || !claims.amr.includes('mfa')) {
      return errorReply(context, 401, '900421', 'Multi-factor authentication is required.');
    }
    return null;
  }

  function record(context: Context<Bindings>): RecordedRequest {
    const { pathname, search } = new URL(context.req.url);
    const kind = pathname === ROOT ? 'list' : pathname.startsWith(`${ROOT}/`) ? 'get' : 'other';
    const request: RecordedRequest = {
      at: Date.now(),
      method: context.req.method,
      path: pathname,
      query: search,
      kind,
      headers: Object.keys(context.req.header()),
      token: /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1] ?? null,
      status: null,
    };
    requests.push(request);
    if (requests.length > KEPT_REQUESTS) requests.shift();
    if (kind !== 'other') counts[kind] += 1;
    listeners.changed();
    return request;
  }

  function list(context: Context<Bindings>, active: ReferralsApiFaults): Response {
    const query = new URL(context.req.url).searchParams;
    if (active.selectRefused && query.has('$select')) {
      return errorReply(context, 400, 'invalidRequest', "The query option '$select' is not supported.");
    }
    let page: Page;
    try {
      const visible = active.listHidden ? [] : state.referrals;
      page = listPage(visible, query, { pageSize: state.pageSize, duplicates: active.duplicates });
    } catch (error) {
      if (error instanceof QueryError) return errorReply(context, 400, 'invalidRequest', error.message);
      throw error;
    }
    return pageReply(context, page, active, options.nextLink ?? documentedNextLink);
  }

  function get(context: Context<Bindings>, id: string, active: ReferralsApiFaults): Response {
    const referral = active.listHidden ? null : find(id);
    if (!referral) return errorReply(context, 404, 'itemNotFound', 'The requested resource does not exist.');
    const eTag = eTagOf(referral);
    context.header('ETag', eTag);
    return context.json({
      '@odata.context': `${AUDIENCE}/v1.0/engagments/referrals/$metadata#Referrals/$entity`,
      ...referral,
      links: links(referral, ''),
      eTag,
    });
  }

  const app = new Hono<Bindings>();
  app.use('/v1.0/*', async (context, next) => {
    const request = record(context);
    const active = activeFaults(request.kind);
    const failure = await failAsAsked(context, active);
    if (failure) context.res = failure;
    else {
      const refused = checkToken(context, request.token);
      if (refused) context.res = refused;
      else if (request.method !== 'GET') context.res = errorReply(context, 405, 'invalidRequest', 'Read only.');
      else if (request.kind === 'list') context.res = list(context, active);
      else if (request.kind === 'get') {
        context.res = get(context, decodeURIComponent(request.path.slice(ROOT.length + 1)), active);
      } else await next();
    }
    request.status = context.res.status;
    context.header('Date', new Date(Date.now() + active.dateSkewMinutes * 60_000).toUTCString());
    context.header('request-id', randomUUID());
    const clientRequestId = context.req.header('client-request-id');
    if (clientRequestId) context.header('client-request-id', clientRequestId);
  });
  app.route('/admin', adminRoutes({ referrals: () => state.referrals, addLeads, decide, faults, setFaults }));
  app.notFound(context => errorReply(context, 404, 'itemNotFound', 'The requested resource does not exist.'));

  const served: Served = await serve(app, options.port === undefined ? {} : { port: options.port });
  return {
    url: served.url,
    port: served.port,
    baseUrl: `${served.url}/v1.0/engagements`,
    state,
    faults,
    setFaults,
    counts,
    requests,
    resetCounts() {
      requests.length = 0;
      counts.list = 0;
      counts.get = 0;
    },
    add,
    addLeads,
    addLead: () => addLeads(1)[0] as ReferralResource,
    find,
    remove(id) {
      const referral = find(id);
      if (referral) rows.splice(rows.indexOf(referral), 1);
      listeners.changed();
    },
    accept: id => decide(id, 'accept'),
    decline: id => decide(id, 'decline'),
    win: id => decide(id, 'win'),
    lose: id => decide(id, 'lose'),
    expireDue,
    onChange: listeners.onChange,
    close: served.close,
  };
}

// As the documents print it: plain http, and without the `engagements` of the real path.
function documentedNextLink(skipToken: string): string {
  return `http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=${skipToken}`;
}

function pageReply(
  context: Context,
  page: Page,
  active: ReferralsApiFaults,
  nextLink: (skipToken: string) => string,
): Response {
  const broken = page.number > 1 ? active.brokenPage : false;
  if (broken === 'fails') return errorReply(context, 500, 'generalException', 'An unknown error has occurred.');
  const token = broken === 'loops' ? page.ownToken : page.nextToken;
  let link = token === null ? null : nextLink(token);
  if (link !== null && active.brokenPage === 'foreign-host')
    link = `https://partner.example.com/referrals?$skiptoken=${token}`;
  const body = JSON.stringify({
    '@odata.context': 'http://api.partner.microsoft.com/v1.0/$metadata#Referrals',
    '@odata.count': page.rows.length,
    value: page.rows.map(row => (page.whole ? { ...row, links: links(row, '?') } : row)),
    ...(link === null ? {} : { '@odata.nextLink': link }),
  });
  context.header('Content-Type', 'application/json');
  return context.body(broken === 'cut' ? body.slice(0, body.length / 2) : body);
}

/** The list's links are whole; those of a single referral lack a character each, as in the documents. */
function links(referral: ReferralResource, questionMark: '?' | ''): ReferralResource {
  const base = `${AUDIENCE}/v1.0/engagements/referrals`;
  const slash = questionMark === '?' ? '/' : '';
  return {
    relatedReferrals: {
      uri: `${base}${questionMark}$filter=engagementId eq '${referral.engagementId}'`,
      method: 'GET',
    },
    self: { uri: `${base}${slash}${referral.id}`, method: 'GET' },
  };
}

function eTagOf(referral: ReferralResource): string {
  const hash = createHash('sha256').update(JSON.stringify(referral)).digest('hex');
  return `"${hash.slice(0, 8)}-0000-0000-0000-${hash.slice(8, 20)}"`;
}

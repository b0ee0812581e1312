import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { createListeners } from '../listeners.ts';
import { type Bindings, serve } from '../serve.ts';
import { adminRoutes } from './admin.ts';
import { documentedNextLink, pageReply, referralReply } from './answers.ts';
import { isTroubled, noFaults, type ReferralsApiFaults } from './faults.ts';
import { createLister } from './list.ts';
import { QueryError } from './odata.ts';
import { errorReply, failAsAsked } from './replies.ts';
import { createRequestLog, type RecordedRequest } from './request-log.ts';
import { MINUTE, type ReferralResource } from './resource.ts';
import { createReferralStore } from './store.ts';
import { refuseToken, type TokenReader } from './token-check.ts';

const ROOT = '/v1.0/engagements/referrals';

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

function undated({ expirationDateTime: _date, ...row }: ReferralResource): ReferralResource {
  return row;
}

/** Partner Center's Referrals API as its documents describe it, quirks and troubles included. Reads `Date.now()`. */
export async function createReferralsApi(options: ReferralsApiOptions = {}): Promise<ReferralsApi> {
  const listeners = createListeners();
  const store = createReferralStore(options.referrals ?? [], listeners.changed);
  const faults = noFaults();
  const log = createRequestLog(ROOT);
  const isShown = (row: ReferralResource) => !(faults.hiddenFromList && String(row.id).toLowerCase() in faults.byId);
  const visible = createLister(() => store.all().filter(isShown));
  const hidden = createLister(() => []);
  const state = {
    get referrals() {
      return store.all();
    },
    pageSize: options.pageSize ?? 25,
  };

  function setFaults(changes: Partial<ReferralsApiFaults>): void {
    Object.assign(faults, changes);
    listeners.changed();
  }

  /** The faults that hit this request: none when its kind is spared or the trouble has passed. */
  function activeFaults(kind: RecordedRequest['kind']): ReferralsApiFaults {
    const hit = (faults.scope === 'all' || faults.scope === kind) && faults.times > 0;
    if (!hit) return noFaults();
    const active = { ...faults };
    if (isTroubled(active)) faults.times -= 1;
    return active;
  }

  function list(context: Context<Bindings>, active: ReferralsApiFaults): Response {
    const query = new URL(context.req.url).searchParams;
    if (active.selectRefused && query.has('$select')) {
      return errorReply(context, 400, 'invalidRequest', "The query option '$select' is not supported.");
    }
    try {
      const lister = active.listHidden ? hidden : visible;
      const found = lister.page(query, { pageSize: state.pageSize, duplicates: active.duplicates });
      const page = active.undated ? { ...found, rows: found.rows.map(undated) } : found;
      return pageReply(context, page, active, options.nextLink ?? documentedNextLink);
    } catch (error) {
      if (error instanceof QueryError) return errorReply(context, 400, 'invalidRequest', error.message);
      throw error;
    }
  }

  async function answer(
    context: Context<Bindings>,
    request: RecordedRequest,
    active: ReferralsApiFaults,
  ): Promise<Response> {
    const failure = (await failAsAsked(context, active)) ?? refuseToken(context, request.token, options);
    if (failure) return failure;
    if (request.method !== 'GET') return errorReply(context, 405, 'invalidRequest', 'Nothing may be written here.');
    if (request.kind === 'list') return list(context, active);
    const id = request.kind === 'get' ? request.path.slice(ROOT.length + 1) : null;
    const hidden = active.byId[id?.toLowerCase() ?? ''];
    if (hidden === 'page') return context.html('<html><body>404 Not Found</body></html>', 404);
    if (hidden !== undefined) return errorReply(context, hidden, 'itemNotFound', 'It is not shown to this account.');
    const referral = id === null || active.listHidden ? null : store.find(id);
    if (!referral) return errorReply(context, 404, 'itemNotFound', 'The requested resource does not exist.');
    return referralReply(context, referral);
  }

  const app = new Hono<Bindings>();
  app.all('/v1.0/*', async context => {
    const request = log.record(context);
    listeners.changed();
    const active = activeFaults(request.kind);
    // The simulated time, which the app lives in; Node itself would send the real one.
    context.header('Date', new Date(Date.now() + active.dateSkewMinutes * MINUTE).toUTCString());
    context.header('request-id', randomUUID());
    const clientRequestId = context.req.header('client-request-id');
    if (clientRequestId) context.header('client-request-id', clientRequestId);
    const response = await answer(context, request, active);
    request.status = response.status;
    return response;
  });
  app.route('/admin', adminRoutes({ store, faults, setFaults }));

  const served = await serve(app, options.port === undefined ? {} : { port: options.port });
  return {
    url: served.url,
    port: served.port,
    baseUrl: `${served.url}/v1.0/engagements`,
    state,
    faults,
    setFaults,
    counts: log.counts,
    requests: log.requests,
    resetCounts: log.reset,
    add: store.add,
    addLeads: (count = 1) => store.addLeads(count),
    addLead: () => store.addLeads(1)[0] as ReferralResource,
    find: store.find,
    remove: store.remove,
    accept: id => store.decide(id, 'accept'),
    decline: id => store.decide(id, 'decline'),
    win: id => store.decide(id, 'win'),
    lose: id => store.decide(id, 'lose'),
    expireDue: store.expireDue,
    onChange: listeners.onChange,
    close: served.close,
  };
}

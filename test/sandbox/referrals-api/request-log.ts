import type { Context } from 'hono';

const KEPT = 1_000;

/** One request as it came, for tests and pages to look at. */
export interface RecordedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly kind: 'list' | 'get' | 'other';
  /** Names only. */
  readonly headers: readonly string[];
  /** The bearer token, or null without one. */
  readonly token: string | null;
  /** Null while it is not answered. */
  status: number | null;
}

export interface RequestLog {
  /** The latest requests, oldest first. */
  readonly requests: RecordedRequest[];
  readonly counts: { list: number; get: number };
  record(context: Context): RecordedRequest;
  /** Forgets what was counted and recorded. */
  reset(): void;
}

/** Keeps what was asked under `root`, the path of the list. */
export function createRequestLog(root: string): RequestLog {
  const requests: RecordedRequest[] = [];
  const counts = { list: 0, get: 0 };
  return {
    requests,
    counts,
    record(context) {
      const { pathname, search } = new URL(context.req.url);
      const kind = pathname === root ? 'list' : pathname.startsWith(`${root}/`) ? 'get' : 'other';
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
      if (requests.length > KEPT) requests.shift();
      if (kind !== 'other') counts[kind] += 1;
      return request;
    },
    reset() {
      requests.length = 0;
      counts.list = 0;
      counts.get = 0;
    },
  };
}

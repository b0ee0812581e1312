// Partner Center, its sign-in, the tables and a webhook, answering ready-made bytes from a process of its own, so that
// what is measured is the app: node server.mjs [CERT_FILE KEY_FILE [one-shot]]. With `one-shot` every connection serves one
// request and no TLS session is gone on from, as with a client made for each call. The first line on stdout is the address.
import { constants } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { API_PAGE, createReferralPages, referralId } from './referral-pages.ts';
import { createTablePages } from './table-pages.ts';

const [certFile, keyFile, oneShot] = process.argv.slice(2);
const today = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const counts: Record<string, { requests: number; bytesOut: number }> = {};
let delayMs = 0;
/** How many are pending at the addresses that begin with `/live`. */
let live = 0;
let lastPostAt = 0;
/** The fields that pages at such addresses were asked for. */
const liveSelects = new Set<string | null>();
/** The last first-page query of each kind: the floor asks for the same. */
const queries: { list?: string; table?: string; accept?: string } = {};

type Data = ReturnType<typeof makeData>;
const sets = new Map<number, Data>();

function makeData(total: number) {
  const numbers = new Map(Array.from({ length: total }, (_, n) => [referralId(n), n]));
  return { pages: createReferralPages(total, today), tables: createTablePages(total, today), numbers };
}

function dataOf(total: number): Data {
  const data = sets.get(total) ?? makeData(total);
  sets.set(total, data);
  return data;
}

interface Answer {
  readonly kind: 'list' | 'get' | 'table-page' | 'table-row' | 'table-write' | 'webhook' | 'other';
  readonly status: number;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Addresses begin with the number of pending referrals: `/1000/api/...`, `/1000/tables/...`. */
function answer(request: IncomingMessage, origin: string): Answer {
  const url = new URL(request.url ?? '/', origin);
  const [, size = '', room = '', ...rest] = url.pathname.split('/');
  const total = size === 'live' ? live : Number(size);
  const place = decodeURIComponent(rest.join('/'));
  if (room === 'api') return api(total, place, url, origin);
  if (room === 'tables') return table(total, place, url, request);
  if (room === 'webhook') {
    lastPostAt = Date.now();
    return { kind: 'webhook', status: 202 };
  }
  // The authority's answer and the managed identity's in one.
  const expires_on = String(Math.floor(Date.now() / 1000) + 36_000);
  const token = { access_token: 'bench', token_type: 'Bearer', expires_in: 36_000, expires_on, resource: 'tables' };
  return { kind: 'other', status: 200, body: JSON.stringify(token) };
}

function api(total: number, place: string, url: URL, origin: string): Answer {
  if (place === 'referrals') {
    const from = Number(url.searchParams.get('$skiptoken') ?? 0);
    if (url.pathname.startsWith('/live/')) liveSelects.add(url.searchParams.get('$select'));
    if (from === 0) queries.list = url.search.slice(1);
    const base = listAddress(origin, url.pathname.split('/')[1]);
    return {
      kind: 'list',
      status: 200,
      body: dataOf(total).pages.page(from, url.searchParams.get('$select'), base),
    };
  }
  const n = dataOf(total).numbers.get(place.split('/')[1] ?? '');
  if (n === undefined) return { kind: 'get', status: 404, body: '{}' };
  return { kind: 'get', status: 200, body: dataOf(total).pages.one(n) };
}

function listAddress(origin: string, size: string | undefined): string {
  return `${origin}/${size}/api/referrals`;
}

/** Makes what will be asked for next, so that making it is in no figure. */
function prepareLive(origin: string): void {
  const { pages } = dataOf(live);
  for (const select of liveSelects) {
    for (let from = 0; from < live; from += API_PAGE) pages.page(from, select, listAddress(origin, 'live'));
  }
}

let heartbeat: { body: string; etag: string } | null = null;

function table(total: number, place: string, url: URL, { method = 'GET', headers: asked }: IncomingMessage): Answer {
  const { tables, numbers } = dataOf(total);
  if (place.startsWith('WatchState')) return watchState(method);
  if (method !== 'GET') return { kind: 'table-write', status: 204, headers: { etag: tables.etag } };
  const row = /RowKey='([^']+)'/.exec(place)?.[1];
  if (row !== undefined) {
    const n = numbers.get(row);
    if (n === undefined) return { kind: 'table-row', status: 404, body: '{"odata.error":{"code":"ResourceNotFound"}}' };
    return { kind: 'table-row', status: 200, body: tables.one(n) };
  }
  if (url.searchParams.get('$filter')?.includes("'closed'"))
    return { kind: 'table-page', status: 200, body: '{"value":[]}' };
  if (!url.searchParams.has('NextRowKey')) {
    queries.table = url.search.slice(1);
    queries.accept = asked.accept ?? '';
  }
  const metadata = !asked.accept?.includes('nometadata');
  const from = Number(url.searchParams.get('NextRowKey') ?? 0);
  const { body, next } = tables.page(from, url.searchParams.get('$select'), metadata);
  const headers: Record<string, string> =
    next === null ? {} : { 'x-ms-continuation-NextPartitionKey': 'open', 'x-ms-continuation-NextRowKey': String(next) };
  return { kind: 'table-page', status: 200, body, headers };
}

function watchState(method: string): Answer {
  if (method !== 'GET') return { kind: 'table-write', status: 204, headers: { etag: 'W/"beat"' } };
  if (heartbeat) return { kind: 'table-row', status: 200, body: heartbeat.body };
  return { kind: 'table-row', status: 404, body: '{"odata.error":{"code":"ResourceNotFound"}}' };
}

async function handle(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (request.url?.startsWith('/control')) return control(request.url, body, response);
  if (request.url?.includes('WatchState') && request.method !== 'GET') {
    heartbeat = { body: JSON.stringify({ 'odata.etag': 'W/"beat"', ...JSON.parse(body) }), etag: 'W/"beat"' };
  }
  const { kind, status, body: text = '', headers = {} } = answer(request, origin);
  const entry = counts[kind] ?? { requests: 0, bytesOut: 0 };
  counts[kind] = entry;
  entry.requests += 1;
  entry.bytesOut += Buffer.byteLength(text);
  if (delayMs > 0 && (kind === 'get' || kind === 'list')) await sleep(delayMs);
  const type = request.url?.includes('/tables/') ? 'application/json;odata=minimalmetadata' : 'application/json';
  response.writeHead(status, {
    ...headers,
    ...(status === 204 ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
    ...(oneShot && { connection: 'close' }),
  });
  response.end(text);
}

function control(url: string, body: string, response: ServerResponse): void {
  const wanted = (body === '' ? {} : JSON.parse(body)) as {
    reset?: boolean;
    delayMs?: number;
    live?: number;
  };
  const told = JSON.stringify(url === '/control/queries' ? queries : { ...counts, lastPostAt });
  if (wanted.reset) for (const kind of Object.keys(counts)) delete counts[kind];
  delayMs = wanted.delayMs ?? delayMs;
  live = wanted.live ?? live;
  if (wanted.live !== undefined) prepareLive(address);
  response.end(told);
}

let address = '';
const listener = (request: IncomingMessage, response: ServerResponse) => {
  handle(request, response, address).catch(() => request.socket.destroy());
};
const server =
  certFile && keyFile
    ? createTlsServer(
        {
          cert: readFileSync(certFile),
          key: readFileSync(keyFile),
          ...(oneShot && { secureOptions: constants.SSL_OP_NO_TICKET }),
        },
        listener,
      )
    : createServer(listener);
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  address = `${certFile ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.stdout.write(`${address}\n`);
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());

import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ask, HttpError } from '../../src/base/http.ts';
import { drip, rawServer } from './raw-server.ts';

const LIMITS = { timeoutMs: 5_000, maxBytes: 100_000 };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(answer: (socket: Socket, request: string) => void) {
  const server = await rawServer(answer);
  closers.push(server.close);
  return server;
}

const ok = (body: string | Buffer, headers = '') =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ]);
const packed = (body: Buffer, coding: string) => ok(body, `content-encoding: ${coding}\r\n`);

const DRIPPING_HEAD = (socket: Socket) => {
  socket.write('HTTP/1.1 200 OK\r\n');
  drip(socket, 'x: y\r\n');
};
const DRIPPING_BODY = (socket: Socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n');
  drip(socket, 'x');
};
const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(9_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

describe('an answer', () => {
  test.each([
    ['as it is', ok('{"a":1}')],
    ['after a hint', Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'), ok('{"a":1}')])],
    ['with a byte order mark', ok('\ufeff{"a":1}')],
    ['with two of them', ok('\ufeff\ufeff{"a":1}')],
    ['packed by gzip', packed(gzipSync('{"a":1}'), 'gzip')],
    ['packed by gzip, with a mark', packed(gzipSync('\ufeff{"a":1}'), 'GZIP')],
    ['packed by deflate', packed(deflateSync('{"a":1}'), 'deflate')],
    ['packed by raw deflate', packed(deflateRawSync('{"a":1}'), 'deflate')],
    ['packed by brotli', packed(brotliCompressSync('{"a":1}'), 'br')],
  ])('%s', async (_, bytes) => {
    const { url } = await serve(socket => socket.write(bytes));
    expect(await ask({ url }, LIMITS)).toMatchObject({ status: 200, text: '{"a":1}' });
  });

  test.each([204, 301, 304, 404, 500, 999])('of status %i is an answer', async status => {
    const { url, requests } = await serve(socket =>
      socket.write(`HTTP/1.1 ${status} X\r\nlocation: http://[\r\ncontent-length: 0\r\n\r\n`),
    );
    expect(await ask({ url }, LIMITS)).toMatchObject({ status, text: '' });
    expect(requests()).toBe(1);
  });

  test('tells the clock of who sent it', async () => {
    const { url } = await serve(socket => socket.write(ok('', 'Date: Tue, 24 Nov 2026 08:00:00 GMT\r\n')));
    expect((await ask({ url }, LIMITS)).date).toBe(Date.UTC(2026, 10, 24, 8));
    const silent = await serve(socket => socket.write(ok('', 'Date: soon\r\n')));
    expect((await ask({ url: silent.url }, LIMITS)).date).toBe(null);
  });

  test('comes over a connection that is kept', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await serve(socket => {
      ports.add(socket.remotePort);
      socket.write(ok('x'));
    });
    for (let call = 0; call < 3; call += 1) await ask({ url }, LIMITS);
    expect(ports.size).toBe(1);
  });

  test('is asked for with address, method, headers and body as they were given', async () => {
    const asked: string[] = [];
    const { url } = await serve((socket, request) => {
      asked.push(request);
      socket.write(ok('x'));
    });
    await ask({ url: `${url}/p?q=%7ex&sig=a%2Fb+c|d`, method: 'POST', headers: { 'X-Id': '7' }, body: 'täxt' }, LIMITS);
    expect(asked[0]).toMatch(/^POST \/p\?q=%7ex&sig=a%2Fb\+c\|d HTTP/);
    expect(asked.join('').toLowerCase()).toMatch(/accept-encoding: identity\r\n(.+\r\n)*x-id: 7\r\n(.+\r\n)*\r\ntäxt$/);
  });
});

describe('no answer', () => {
  const head = 'HTTP/1.1 200 OK\r\n';
  test.each<[string, HttpError['kind'], string | null, (socket: Socket) => void]>([
    ['101 with its headers', 'unreadable', 'ESWITCHED', socket => socket.write(SWITCHING)],
    ['101 and an end', 'unreadable', 'ESWITCHED', socket => socket.end(SWITCHING)],
    ['101 without', 'unreadable', 'ESWITCHED', socket => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')],
    ['no HTTP', 'unreadable', 'HPE_INVALID_CONSTANT', socket => socket.write('hello\r\n\r\n')],
    [
      'an endless head',
      'unreadable',
      'HPE_HEADER_OVERFLOW',
      socket => drip(socket, `${head}${'x: y\r\n'.repeat(9_000)}`),
    ],
    ['no gzip', 'unreadable', 'Z_DATA_ERROR', socket => socket.write(packed(Buffer.from('{}'), 'gzip'))],
    ['no brotli', 'unreadable', 'Z_BUF_ERROR', socket => socket.write(packed(Buffer.from('abcd'), 'br'))],
    ['a cut connection', 'connection', 'ECONNRESET', socket => socket.destroy()],
    ['half a body', 'connection', 'ECONNRESET', socket => socket.end(`${head}content-length: 9\r\n\r\nhalf`)],
    [
      'chunks without an end',
      'connection',
      'ERR_STREAM_PREMATURE_CLOSE',
      socket => socket.end(`${head}transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
    ],
    ['a flood', 'too-large', null, socket => drip(socket, `${head}\r\n${'x'.repeat(200_000)}`)],
    ['a bomb', 'too-large', null, socket => socket.write(packed(gzipSync(Buffer.alloc(9_000_000)), 'gzip'))],
    ['a bomb by brotli', 'too-large', null, socket => socket.write(packed(BROTLI_BOMB, 'br'))],
  ])('%s', async (_, kind, code, answer) => {
    const { url } = await serve(answer);
    await expect(ask({ url }, LIMITS)).rejects.toMatchObject({ name: 'HttpError', kind, code });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['silence', () => {}],
    ['a dripping head', DRIPPING_HEAD],
    ['a dripping body', DRIPPING_BODY],
    ['half of something packed', socket => socket.write(packed(gzipSync('x'), 'gzip').subarray(0, -4))],
  ])('%s ends in time', async (_, answer) => {
    const { url } = await serve(answer);
    await expect(ask({ url }, { ...LIMITS, timeoutMs: 100 })).rejects.toMatchObject({ kind: 'late' });
  });

  test('a signal ends it sooner, before and in between', async () => {
    const { url, requests } = await serve(() => {});
    await expect(ask({ url }, { ...LIMITS, signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'late' });
    expect(requests()).toBe(0);
    await expect(ask({ url }, { ...LIMITS, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ kind: 'late' });
  });

  test('says whether the request had gone out whole', async () => {
    const { url } = await serve(socket => socket.destroy());
    await expect(ask({ url, method: 'POST', body: 'x' }, LIMITS)).rejects.toMatchObject({ sent: true });
    const refused = ask({ url: 'http://127.0.0.1:9/', method: 'POST', body: 'x' }, LIMITS);
    await expect(refused).rejects.toMatchObject({ sent: false });
  });

  test.each<[string, string, (socket: Socket) => void]>([
    ['is cut', 'half', socket => socket.end(`${head}content-length: 9\r\n\r\nhalf`)],
    ['never ends', 'half', socket => socket.write(`${head}content-length: 9\r\n\r\nhalf`)],
    ['cannot be unpacked', '', socket => socket.write(packed(Buffer.from('{}'), 'gzip'))],
    ['is endless', 'x'.repeat(1_000), socket => socket.write(`${head}\r\n${'x'.repeat(200_000)}`)],
  ])('where the head is enough, a body that %s is as much as came', async (_, text, answer) => {
    const { url } = await serve(answer);
    const { status, text: came } = await ask({ url }, { timeoutMs: 300, maxBytes: 1_000, headIsEnough: true });
    expect([status, came]).toEqual([200, text]);
  });

  test('one that failed spoils none that follows', async () => {
    let first = true;
    const { url } = await serve(socket => {
      socket.write(first ? 'HTTP/1.1 101 Switching Protocols\r\n\r\n' : ok('second'));
      if (first) setTimeout(() => socket.destroyed || socket.write(ok('first')), 20);
      first = false;
    });
    await expect(ask({ url }, LIMITS)).rejects.toBeInstanceOf(HttpError);
    expect((await ask({ url }, LIMITS)).text).toBe('second');
  });

  test.each([
    'http://127.0.0.1:9/?sig=secret',
    'http://no-such-host.invalid/?sig=secret',
    'http://[/?sig=secret',
    'http://user:secret@127.0.0.1:9/',
    'ftp://127.0.0.1/secret',
  ])('the error of %s holds no address', async url => {
    const error = (await ask({ url, headers: { authorization: 'Bearer secret' } }, LIMITS).catch(
      each => each,
    )) as Error;
    expect(error).toBeInstanceOf(HttpError);
    expect(JSON.stringify([error, String(error), error.stack, error.cause])).not.toMatch(/secret|sig=|invalid\//);
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  NotAllowedError,
  PartnerCenterError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../../src/model/errors.ts';
import { client, scripted, walk } from './client-rig.ts';
import { type Answer, json, page, scriptedServer } from './scripted-server.ts';

describe('a call', () => {
  const good = json({ id: 'abc' });

  test.each([408, 500, 502, 503, 504, 429, 509])('%i passes after a pause', async status => {
    const server = await scripted(json({}, status), good);
    expect((await client(server.url).get('abc')).id).toBe('abc');
    expect(server.seen).toHaveLength(2);
    const [first, second] = server.seen.map(request => request.headers['client-request-id']);
    expect(first).not.toBe(second);
  });

  test('a connection that is cut, half a body and HTML pass too', async () => {
    const cut: Answer = response => response.socket?.destroy();
    const half: Answer = response => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => response.socket?.destroy(), 10);
    };
    const html: Answer = response => response.end('<html>Bad gateway</html>');
    for (const answer of [cut, half, html]) {
      const server = await scripted(answer, good);
      expect((await client(server.url).get('abc')).id).toBe('abc');
      expect(server.seen).toHaveLength(2);
    }
  });

  test.each([
    [400, PartnerCenterError],
    [403, NotAllowedError],
    [409, PartnerCenterError],
    [422, PartnerCenterError],
    [501, PartnerCenterError],
  ])('%i is not tried again', async (status, kind) => {
    const server = await scripted(json({ error: { code: 'x', message: 'secret words' } }, status));
    const failure = await client(server.url)
      .get('abc')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(server.seen).toHaveLength(1);
    expect(String(failure)).not.toContain('secret words');
  });

  test('a failure that lasts ends after a few tries, with its status', async () => {
    const server = await scripted(json({}, 502));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ name: 'PartnerCenterError', status: 502 });
    expect(server.seen).toHaveLength(3);
  });

  test('Retry-After is waited for when it is short, passed on when it is long', async () => {
    const soon = await scripted(json({}, 429, { 'retry-after': '1' }), good);
    expect((await client(soon.url).get('abc')).id).toBe('abc');
    const long = await scripted(json({ message: 'Rate limit is exceeded. Try again in 321 seconds.' }, 429));
    const failure = client(long.url).get('abc');
    await expect(failure).rejects.toBeInstanceOf(ThrottledError);
    await expect(failure).rejects.toMatchObject({ retryAfterSeconds: 321 });
    expect(long.seen).toHaveLength(1);
  });

  test('a Retry-After date is measured by the clock of who sent it', async () => {
    const date = new Date('2020-01-01T00:00:00Z').toUTCString();
    const until = new Date('2020-01-01T00:05:00Z').toUTCString();
    const server = await scripted(json({}, 503, { date, 'retry-after': until }));
    await expect(client(server.url).get('abc')).rejects.toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  test('a silent server and one that never ends its body time out', async () => {
    const silent: Answer = () => {};
    const endless: Answer = response => {
      response.writeHead(200);
      response.write('{');
    };
    for (const answer of [silent, endless]) {
      const server = await scripted(answer);
      await expect(client(server.url, { timeoutMs: 200 }).get('abc')).rejects.toBeInstanceOf(TimedOutError);
      expect(server.seen).toHaveLength(2);
    }
  });

  test('nobody listens', async () => {
    const server = await scriptedServer(good);
    await server.close();
    await expect(client(server.url).get('abc')).rejects.toThrow('Partner Center: the connection failed (ECONNREFUSED)');
  });

  test('a body beyond all measure is not read to its end', async () => {
    const flood: Answer = response => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const more = () => {
        while (response.writable && response.write(chunk));
        response.once('drain', more);
      };
      more();
    };
    const server = await scripted(flood);
    await expect(client(server.url).get('abc')).rejects.toThrow('too large');
    expect(server.seen).toHaveLength(1);
  });

  test('a packed body that nobody asked for is unpacked, a bomb is not, and what is no gzip is no answer', async () => {
    const packed =
      (body: Buffer): Answer =>
      response => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(body);
      };
    const server = await scripted(
      packed(gzipSync('{"id":"abc"}')),
      packed(gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))),
      packed(Buffer.from('{')),
    );
    const reader = client(server.url);
    expect((await reader.get('abc')).id).toBe('abc');
    expect(server.seen[0]?.headers['accept-encoding']).toBe('identity');
    await expect(reader.get('abc')).rejects.toThrow('the answer is too large');
    expect(server.seen).toHaveLength(2);
    await expect(reader.get('abc', { retry: false })).rejects.toThrow('answered no JSON');
  });

  test('401: one renewal, then sign-in is needed', async () => {
    const server = await scripted(json({}, 401), good);
    const reader = client(server.url);
    expect((await reader.get('abc')).id).toBe('abc');
    expect(reader.refreshed).toEqual(['token-1']);
    expect(server.seen.map(request => request.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);

    const refusing = await scripted(json({ error: { code: '900421' } }, 401));
    const failure = client(refusing.url).get('abc');
    await expect(failure).rejects.toBeInstanceOf(SignInNeededError);
    await expect(failure).rejects.toThrow('multi-factor');
    expect(refusing.seen).toHaveLength(2);
  });

  test('neither log nor error tells a token, an address or a body', async () => {
    const server = await scripted(
      json({ error: { code: 'accessDenied', message: 'Alex Example' } }, 403, { 'request-id': 'r-1' }),
    );
    const reader = client(server.url);
    const failure = await reader.get('abc').catch((error: unknown) => error);
    const told = JSON.stringify([reader.log.lines, String(failure), (failure as Error).stack]);
    expect(reader.log.lines[0]?.fields).toMatchObject({ status: 403, code: 'accessDenied', requestId: 'r-1' });
    expect(told).not.toMatch(/token-\d|Alex Example|127\.0\.0\.1/);
  });

  test('a redirect is not followed', async () => {
    const foreign = await scripted(page(['b']));
    const server = await scripted(json({}, 302, { location: `${foreign.url}/` }));
    expect((await walk(client(server.url))).failure).toMatchObject({ name: 'PartnerCenterError', status: 302 });
    expect(foreign.seen).toEqual([]);
  });

  const MARK = '\ufeff';
  const marked =
    (body: unknown, status = 200): Answer =>
    response => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(MARK + JSON.stringify(body));
    };

  test('a byte order mark before the JSON is nothing, on any page, by id and before an error', async () => {
    const row = { id: 'a', status: 'New', substatus: 'Pending' };
    const server = await scripted(marked({ value: [row], nextLink: '?$skiptoken=1' }), marked({ value: [row] }));
    expect(await walk(client(server.url))).toMatchObject({ ids: ['a', 'a'], failure: null });
    const whole = await scripted(marked(row));
    expect((await client(whole.url).get('a')).state).toBe('pending');
    const gone = await scripted(marked({ error: { code: 'itemNotFound' } }, 404));
    await expect(client(gone.url).get('a')).rejects.toMatchObject({ own: true });
  });
});

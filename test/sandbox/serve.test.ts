import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { expect, test } from 'vitest';
import { type Bindings, hang, reset, serve } from './serve.ts';

function app(): Hono<Bindings> {
  return new Hono<Bindings>()
    .get('/', context => context.text('here'))
    .get('/hang', () => hang())
    .get('/reset', context => reset(context))
    .get('/events', context =>
      streamSSE(context, async stream => {
        await stream.writeSSE({ data: 'first' });
        await hang();
      }),
    );
}

test('ends at once, whatever is still open', async () => {
  const served = await serve(app());
  expect(await (await fetch(served.url)).text()).toBe('here');
  const events = await fetch(`${served.url}/events`);
  const reader = events.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('first');
  const waiting = fetch(`${served.url}/hang`).catch(() => 'cut');
  await served.close();
  expect(await waiting).toBe('cut');
  await expect(reader?.read()).rejects.toThrow();
  await expect(fetch(served.url)).rejects.toThrow();
});

test('cuts one connection and goes on', async () => {
  const served = await serve(app());
  await expect(fetch(`${served.url}/reset`)).rejects.toThrow();
  expect((await fetch(served.url)).status).toBe(200);
  await served.close();
});

test('a taken port is an error, not another port', async () => {
  const first = await serve(app());
  await expect(serve(app(), { port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});

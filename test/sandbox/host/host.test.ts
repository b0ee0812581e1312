import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startHostProcess } from './child-process.ts';
import { createFunctionsHost, type FunctionsHost, type HostOptions } from './host.ts';

const appFolder = fileURLToPath(new URL('../../fixtures/functions-app', import.meta.url));
const TICK_SCHEDULE = '0 */5 * * * *';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map(one => one.close()));
});

async function host(options: Partial<HostOptions> = {}): Promise<FunctionsHost> {
  const started = await createFunctionsHost({ appFolder, env: { TICK_SCHEDULE }, ...options });
  open.push(started);
  return started;
}

describe('a hosted app', () => {
  it('lists what it registered, with the settings filled in', async () => {
    expect((await host()).functions).toEqual([
      { name: 'tick', trigger: 'timer', methods: [], route: null, authLevel: null, schedule: TICK_SCHEDULE },
      {
        name: 'echo',
        trigger: 'http',
        methods: ['GET', 'POST'],
        route: 'items/{id}',
        authLevel: 'function',
        schedule: null,
      },
    ]);
  });

  it('answers HTTP under the prefix of host.json, whatever the case of the path', async () => {
    const { url } = await host();
    const answer = await fetch(`${url}/V1/items/a%20b?q=1`, {
      method: 'POST',
      headers: { 'x-wish': 'w' },
      body: 'Grüße',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-method')).toBe('POST');
    expect(await answer.json()).toEqual({ id: 'a b', query: '1', accept: 'w', body: 'Grüße' });
  });

  it('answers 404 for an unknown path or method, and 500 without a word when the function throws', async () => {
    const { url } = await host();
    expect((await fetch(`${url}/api/items/1`)).status).toBe(404);
    expect((await fetch(`${url}/v1/items/1`, { method: 'DELETE' })).status).toBe(404);
    const failed = await fetch(`${url}/v1/items/broken`);
    expect(failed.status).toBe(500);
    expect(await failed.text()).toBe('');
  });

  it('runs a timer and tells its outcome and log lines', async () => {
    const started = await host();
    const outcome = await started.invokeTimer('tick');
    expect(outcome).toMatchObject({ ok: true, error: null });
    expect(outcome.logs.map(line => JSON.parse(line.message))).toEqual([{ event: 'tick', count: 1, pastDue: false }]);
  });

  it('tells why a timer failed', async () => {
    const started = await host({ env: { TICK_SCHEDULE, TICK_FAILS: 'yes' } });
    expect(await started.invokeTimer('tick')).toMatchObject({ ok: false, error: 'the tick failed' });
  });

  it('gives every load a fresh copy of the app, chunks included', async () => {
    const [one, two] = [await host(), await host()];
    await one.invokeTimer('tick');
    const count = async (h: FunctionsHost) => JSON.parse((await h.invokeTimer('tick')).logs[0]?.message ?? '').count;
    expect([await count(one), await count(two)]).toEqual([2, 1]);
  });

  it('starts a timer through the admin address', async () => {
    const { url } = await host();
    const admin = (name: string) => fetch(`${url}/admin/functions/${name}`, { method: 'POST', body: '{}' });
    expect((await admin('tick')).status).toBe(202);
    expect((await admin('none')).status).toBe(404);
    expect((await admin('echo')).status).toBe(404);
  });

  it('waits for running work, tells the app, and gives port and settings back', async () => {
    const started = await host();
    const globals = globalThis as { fixtureEnded?: number };
    globals.fixtureEnded = 0;
    const outcome = started.invokeTimer('tick');
    await started.close();
    expect((await outcome).ok).toBe(true);
    expect(globals.fixtureEnded).toBe(1);
    expect(process.env.TICK_SCHEDULE).toBeUndefined();
    await expect(fetch(started.url)).rejects.toThrow();
  });

  it('does not start when a schedule names a missing setting or is no NCRONTAB', async () => {
    await expect(host({ env: {} })).rejects.toThrow('TICK_SCHEDULE');
    await expect(host({ env: { TICK_SCHEDULE: '*/5 * * * *' } })).rejects.toThrow('six fields');
  });
});

describe('a host in a process of its own', () => {
  it('serves, runs timers, and ends cleanly on SIGINT', async () => {
    const child = await startHostProcess(appFolder, { TICK_SCHEDULE });
    open.push(child);
    expect((await fetch(`${child.url}/v1/items/7`)).status).toBe(201);
    expect(await child.invokeTimer('tick')).toMatchObject({ ok: true });
    await child.close();
    expect(child.process.exitCode).toBe(0);
    expect(child.log()).toContain('"event":"tick"');
  });

  it('can be killed under a running timer', async () => {
    const child = await startHostProcess(appFolder, { TICK_SCHEDULE });
    const outcome = child.invokeTimer('tick');
    const failed = expect(outcome).rejects.toThrow();
    await child.kill();
    await failed;
    expect(child.process.signalCode).toBe('SIGKILL');
  });

  it('tells why it did not start', async () => {
    await expect(startHostProcess(appFolder, {})).rejects.toThrow('TICK_SCHEDULE');
  });
});

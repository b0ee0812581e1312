import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binding, createRegistration, invoke, isTrigger } from './core.ts';
import { layOver } from './environment.ts';
import { compileRoute, createHttpServer, listen, toHttpData, writeHttpData } from './http.ts';
import { loadApp } from './load.ts';
import { parseSchedule, resolveSettings } from './schedule.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** A function as the app registered it. */
export interface HostedFunction {
  readonly name: string;
  readonly trigger: 'timer' | 'http' | 'other';
  /** Upper case; empty for a timer. */
  readonly methods: readonly string[];
  readonly route: string | null;
  readonly authLevel: string | null;
  /** NCRONTAB with `%NAME%` filled in; null for HTTP. */
  readonly schedule: string | null;
}

export interface TimerOutcome {
  readonly ok: boolean;
  readonly error: string | null;
  readonly logs: readonly LogLine[];
  readonly durationMs: number;
}

export interface HostOptions {
  /** A folder with host.json and package.json: the repository, or an unpacked deployment package. */
  readonly appFolder: string;
  /** Settings for the app, laid over the environment of this process until the host closes. */
  readonly env: Readonly<Record<string, string>>;
  /** Hears every log line of every invocation. */
  readonly log?: (line: LogLine & { function: string }) => void;
  readonly port?: number;
  /** Asked of callers as in Azure; without one everybody may call, as on a developer's machine. */
  readonly functionKey?: string;
  /** Run timers by the real clock; otherwise only `invokeTimer` and the admin address run them. */
  readonly cron?: boolean;
}

export interface FunctionsHost {
  /** Address without the route prefix: `http://127.0.0.1:7071`. */
  readonly url: string;
  readonly functions: readonly HostedFunction[];
  /** Runs a timer function now; waits for a run under way, since one timer never overlaps itself. */
  invokeTimer(name: string): Promise<TimerOutcome>;
  /** Waits for running work (no longer than `graceMs`), tells the app, gives the port and the settings back. */
  close(options?: { graceMs?: number }): Promise<void>;
}

/** Hosts a built functions app in this process, on loopback. Rejects when the app does not load. */
export async function createFunctionsHost(options: HostOptions): Promise<FunctionsHost> {
  const restore = layOver(options.env);
  try {
    return await start(options, restore);
  } catch (error) {
    restore();
    throw error;
  }
}

async function start(options: HostOptions, restore: () => void): Promise<FunctionsHost> {
  const registration = createRegistration((level, _, message) => options.log?.({ function: '', level, message }));
  const { routePrefix } = await loadApp(options.appFolder, registration);
  const functions = [...registration.functions.values()].map(({ metadata }) =>
    describeFunction(metadata.name, Object.values(metadata.bindings).find(isTrigger) ?? {}, process.env),
  );
  const routes = functions
    .filter(({ trigger }) => trigger === 'http')
    .map(hosted => ({ hosted, pattern: compileRoute(routePrefix, hosted.route ?? hosted.name) }));
  const running = new Set<Promise<unknown>>();
  const lastRun = new Map<string, Promise<TimerOutcome>>();

  function run(name: string, input: Parameters<typeof invoke>[2], logs: LogLine[] = []) {
    const work = invoke(registration, name, input, (level, category, message) => {
      logs.push({ level, message });
      if (category === 'user') options.log?.({ function: name, level, message });
    });
    const settled: Promise<unknown> = work.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return work;
  }

  function invokeTimer(name: string): Promise<TimerOutcome> {
    const outcome = (lastRun.get(name) ?? Promise.resolve()).then(async () => {
      const logs: LogLine[] = [];
      const begin = performance.now();
      const error = await run(name, timerInput(), logs).then(() => null, reason);
      return { ok: error === null, error, logs, durationMs: performance.now() - begin };
    });
    lastRun.set(name, outcome);
    return outcome;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const method = request.method ?? 'GET';
    const admin = /^\/admin\/functions\/([^/]+)$/.exec(url.pathname);
    if (admin && method === 'POST') return answerAdmin(decodeURIComponent(admin[1] as string), url, response);
    for (const { hosted, pattern } of routes) {
      const match = pattern.exec(url.href);
      if (!match || !(hosted.methods.length === 0 || hosted.methods.includes(method))) continue;
      if (!isLetIn(hosted.authLevel, request, url, options.functionKey)) {
        response.statusCode = 401;
        response.end();
        return;
      }
      const input = await toHttpData(request, url, match.pathname.groups);
      try {
        return writeHttpData(response, (await run(hosted.name, { http: input }))?.http, method);
      } catch (error) {
        options.log?.({ function: hosted.name, level: 'error', message: reason(error) });
        response.statusCode = 500;
        response.end();
        return;
      }
    }
    response.statusCode = 404;
    response.end();
  }

  async function answerAdmin(name: string, url: URL, response: ServerResponse): Promise<void> {
    if (!functions.some(hosted => hosted.name === name && hosted.trigger === 'timer')) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const outcome = invokeTimer(name);
    // The real host never waits; `?wait` is for tests that drive a host in another process.
    if (!url.searchParams.has('wait')) {
      response.statusCode = 202;
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await outcome));
  }

  const server = createHttpServer(answer);
  const url = await listen(server, options.port);
  const jobs = options.cron
    ? functions.flatMap(({ name, schedule }) =>
        schedule ? [parseSchedule(schedule).start(async () => void (await invokeTimer(name)))] : [],
      )
    : [];

  async function shutDown(graceMs: number): Promise<void> {
    for (const job of jobs) job.stop();
    const closed = new Promise(resolve => server.close(resolve));
    server.closeIdleConnections();
    const over = new AbortController();
    await Promise.race([
      Promise.allSettled([...lastRun.values(), ...running]),
      sleep(graceMs, undefined, { signal: over.signal }).catch(() => {}),
    ]);
    over.abort();
    for (const hook of registration.hooks.get('appTerminate') ?? []) await hook({ hookData: {}, appHookData: {} });
    server.closeAllConnections();
    await closed;
    restore();
  }

  let closing: Promise<void> | undefined;
  const close = ({ graceMs = 5 * 60_000 } = {}) => {
    closing ??= shutDown(graceMs);
    return closing;
  };
  return { url, functions, invokeTimer, close };
}

/** Whether a caller brings the key that a function asks for, in the header or as `code` in the address. */
function isLetIn(authLevel: string | null, request: IncomingMessage, url: URL, key: string | undefined): boolean {
  if (key === undefined || authLevel === 'anonymous') return true;
  return [request.headers['x-functions-key'], url.searchParams.get('code')].includes(key);
}

/** What the app registered, in the host's words. Throws when a schedule names a missing setting or is malformed. */
export function describeFunction(name: string, binding: Binding, env: NodeJS.ProcessEnv): HostedFunction {
  const type = (binding.type ?? '').toLowerCase();
  if (type === 'timertrigger') {
    const schedule = resolveSettings(String(binding.schedule ?? ''), env);
    parseSchedule(schedule);
    return { name, trigger: 'timer', methods: [], route: null, authLevel: null, schedule };
  }
  const methods = ((binding.methods as string[] | undefined) ?? []).map(method => method.toUpperCase());
  return {
    name,
    trigger: type === 'httptrigger' ? 'http' : 'other',
    methods,
    route: (binding.route as string | undefined) ?? null,
    authLevel: (binding.authLevel as string | undefined) ?? 'anonymous',
    schedule: null,
  };
}

/** A timer as the worker hands it over: JSON in Pascal case. */
function timerInput() {
  const now = new Date().toISOString();
  const status = { Last: now, Next: now, LastUpdated: now };
  return { json: JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: status, IsPastDue: false }) };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

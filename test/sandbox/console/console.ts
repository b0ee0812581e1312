import { randomUUID } from 'node:crypto';
// Not the global one: that one hurries while a poll runs.
import { setTimeout } from 'node:timers';
import { isDeepStrictEqual } from 'node:util';
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Driver } from '../driver.ts';
import { oddLead } from '../referrals-api/odd-leads.ts';
import type { Sandbox } from '../sandbox.ts';
import { type Bindings, type Served, serve } from '../serve.ts';
import { workingTimeIn } from '../working-hours.ts';
import { loadAssets } from './assets.ts';
import * as build from './build-views.ts';
import { createFeed } from './feed.ts';
import { createPromise } from './promise.ts';
import { createSwitches } from './switches.ts';

/** Changes that come in one burst are shown together; a jump brings hundreds a second. */
const BURST_MS = 60;

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A mail may bring styles of its own and nothing else. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** What a press on a card's `Action.Execute` button does, where a bot listens: the card or text for the one who pressed. */
export type CardAction = (press: {
  readonly card: string;
  readonly verb: string;
  readonly data: unknown;
}) => Promise<{ readonly card?: object; readonly text?: string } | null>;

export interface ConsoleOptions {
  readonly sandbox: Sandbox;
  /** Rejects with the system's error when the port is taken. */
  readonly port: number;
  readonly onCardAction?: CardAction;
}

/** What the clock does for whoever presses its buttons; nobody waits here for how it ends. */
const ORDERS = new Map<string, (driver: Driver, body: { readonly milliseconds?: unknown }) => unknown>([
  ['poll', driver => driver.poll()],
  ['play', driver => driver.play()],
  ['pause', driver => driver.pause()],
  ['advance', (driver, { milliseconds }) => driver.advance(Math.max(0, Number(milliseconds) || 0))],
]);

/** Serves the page that shows what the sandbox received and stored, and takes its orders. */
export async function createConsole({ sandbox, port, onCardAction }: ConsoleOptions): Promise<Served> {
  const assets = await loadAssets();
  const switches = createSwitches(sandbox);
  const run = randomUUID();
  const feed = createFeed();
  const promiseOf = createPromise();
  const isWorkingTime = process.env.WORKING_HOURS?.trim() ? workingTimeIn(process.env) : null;

  function publishAll(): void {
    feed.publish('switches', switches.list());
    const referrals = build.referralViews(sandbox);
    feed.publish('referrals', referrals);
    feed.publish('promise', [promiseOf(referrals)]);
    feed.publish('messages', build.messageViews(sandbox));
    feed.publish('mails', build.mailViews(sandbox));
    feed.publish('checkpoints', build.checkpointViews(sandbox));
    feed.publish('polls', build.pollViews(sandbox.polls));
    const state = sandbox.driver?.state ?? { busy: true, playing: false, nextPollAt: null, asked: 0, done: 0 };
    // Last, so that whoever sees the clock at rest has seen all that came of its turn.
    const now = sandbox.clock.now();
    feed.publish('clock', [{ id: 'clock', now, ...state, working: isWorkingTime?.(now) ?? null }]);
  }

  let oddLeads = 0;
  let burst: NodeJS.Timeout | undefined;
  const stopListening = sandbox.onChange(() => {
    burst ??= setTimeout(() => {
      burst = undefined;
      publishAll();
    }, BURST_MS);
  });
  publishAll();

  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    // A foreign name that resolves to this machine must not open the page to its own scripts.
    const { hostname } = new URL(context.req.url);
    if (hostname !== '127.0.0.1' && hostname !== 'localhost') return context.body(null, 421);
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cache-Control', 'no-store');
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', PAGE_POLICY);
    return undefined;
  });
  for (const [path, { type, body }] of Object.entries(assets)) {
    app.get(path, context => context.body(body, 200, { 'Content-Type': type }));
  }
  app.get('/events', context =>
    streamSSE(context, async stream => {
      const gone = Promise.withResolvers<void>();
      await stream.writeSSE({ event: 'run', data: run });
      const stop = feed.follow(change => void stream.writeSSE({ data: JSON.stringify(change) }));
      stream.onAbort(() => {
        stop();
        gone.resolve();
      });
      await gone.promise;
    }),
  );
  app.get('/mail/:index', context => {
    const html = sandbox.mail.state.mails[Number(context.req.param('index'))]?.html;
    return html ? context.html(html, 200, { 'Content-Security-Policy': MAIL_POLICY }) : context.notFound();
  });
  app.get('/sandbox/referrals/:id/card', context => detailCard(context, sandbox));

  // Only a page of this origin can send JSON here without asking first.
  app.use('/sandbox/*', async (context, next) => {
    const json = context.req.header('content-type')?.startsWith('application/json');
    if (context.req.method !== 'POST' || !json) return context.body(null, 415);
    return next();
  });
  app.post('/sandbox/clock/:order', async context => {
    const { driver } = sandbox;
    const order = ORDERS.get(context.req.param('order'));
    if (!order) return context.notFound();
    // The page's address is told before the app has started.
    if (!driver) return context.body(null, 503);
    order(driver, await context.req.json());
    return context.json({ asked: driver.state.asked });
  });
  app.post('/sandbox/leads', async context => {
    const { count, odd } = (await context.req.json()) as { count?: number; odd?: boolean };
    const added = odd
      ? [oddLead(oddLeads++)]
      : sandbox.referralsApi.addLeads(Math.min(100, Math.max(1, Number(count) || 1)));
    if (odd) sandbox.referralsApi.add(...added);
    return context.json({ added: added.map(referral => String(referral.id)) });
  });
  app.post('/sandbox/referrals/:id/:decision', context => {
    const { id, decision } = context.req.param();
    if (decision !== 'accept' && decision !== 'decline') return context.notFound();
    return sandbox.referralsApi[decision](id) ? context.body(null, 204) : context.notFound();
  });
  app.post('/sandbox/switch', async context => {
    const { name, on } = (await context.req.json()) as { name?: string; on?: boolean };
    return switches.set(String(name), on === true) ? context.body(null, 204) : context.notFound();
  });
  app.post('/sandbox/card-action', async context => {
    const { card, verb, data } = (await context.req.json()) as { card?: string; verb?: string; data?: unknown };
    const answer = await onCardAction?.({ card: String(card), verb: String(verb), data });
    if (!answer) return context.json({ text: 'No bot is set up here that could hear this button.' });
    // What everybody sees already needs no showing to the one who pressed.
    const posted = build.messageViews(sandbox).find(message => message.id === card);
    return isDeepStrictEqual(posted?.card, answer.card) ? context.body(null, 204) : context.json(answer);
  });

  const served = await serve(app, { port });
  return {
    ...served,
    async close() {
      stopListening();
      clearTimeout(burst);
      await served.close();
    },
  };
}

/** What the product's own detail endpoint answers, asked as a card. */
async function detailCard(context: Context<Bindings>, { host }: Sandbox): Promise<Response> {
  if (!host) return context.json({ title: 'The app is not started yet.' }, 503);
  const id = encodeURIComponent(context.req.param('id') ?? '');
  const answer = await fetch(`${host.url}/api/referrals/${id}`, {
    headers: { accept: 'application/vnd.microsoft.card.adaptive+json' },
  });
  const text = await answer.text();
  return context.body(text || '{}', answer.status as 200, { 'Content-Type': 'application/json' });
}

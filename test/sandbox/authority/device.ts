import { Hono } from 'hono';
import type { Bindings } from '../serve.ts';
import { devicePage } from './pages.ts';

/** Answers the device whose code this is, the newest without one. False when there is none. */
export type AnswerDevice = (answer: 'approved' | 'declined', userCode?: string) => boolean;

/** The page where a person types the code that a device shows. */
export function deviceRoutes(answerDevice: AnswerDevice): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get('/', context => context.html(devicePage('Enter the code that your device shows.')));
  app.post('/', async context => {
    const form = new URLSearchParams(await context.req.text());
    const answer = form.get('answer') === 'approve' ? 'approved' : 'declined';
    const known = answerDevice(answer, (form.get('code') ?? '').trim().toUpperCase());
    if (!known) return context.html(devicePage('Nobody is waiting for this code.'), 404);
    return context.html(devicePage('You may close this page now.'));
  });
  return app;
}

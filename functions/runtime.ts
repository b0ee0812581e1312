import { createApp } from '../src/app/app.ts';
import type { App } from '../src/app/app-port.ts';
import { invocationLog } from './invocation-log.ts';

let app: App | undefined;

/** The app, made at the first invocation: registration must never throw, or the platform finds no functions at all. */
export function getApp(): App {
  app ??= createApp(process.env, { log: invocationLog, clock: Date.now });
  return app;
}

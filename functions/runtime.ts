import { type App, createApp } from '../src/app/app.ts';
import { parseSettings } from '../src/settings/settings.ts';
import { invocationLog } from './invocation-log.ts';

let app: App | undefined;

/**
 * The app, made at the first invocation: registration must never throw, or the platform finds no functions at all.
 * @throws SettingsError naming every wrong setting; tried again at the next invocation
 */
export function getApp(): App {
  app ??= createApp(parseSettings(process.env), { log: invocationLog, clock: Date.now });
  return app;
}

import { ask, HttpError } from '../../base/http.ts';
import { isSecure } from '../../base/loopback.ts';
import { trimEnd } from '../../base/trim.ts';
import type { CheckResult } from '../../doctor/verdict.ts';
import { CommandError } from '../command-error.ts';

/** Every check has its minute, but they seldom need it. */
const LIMITS = { timeoutMs: 150_000, maxBytes: 1_000_000 };

/**
 * What the deployed app finds when it checks itself.
 * @param app - its address, with or without /api/doctor
 * @throws CommandError saying what to do when it does not answer with checks
 */
export async function askApp(app: string, key: string): Promise<readonly CheckResult[]> {
  const address = addressOf(app);
  if (key === '') throw new CommandError('The app lets nobody in without a key: give it with --key, or in DOCTOR_KEY.');
  const headers = { 'x-functions-key': key, accept: 'application/json' };
  const { status, text } = await ask({ url: address.href, headers }, LIMITS).catch((error: unknown) => {
    const late = error instanceof HttpError && error.kind === 'late';
    throw new CommandError(late ? 'The app did not answer in time.' : 'The app cannot be reached: check its address.');
  });
  if (status !== 200) throw new CommandError(refusalOf(status));
  const checks = checksOf(text);
  if (!checks) throw new CommandError('What answers there is no doctor: check the address of the app.');
  return checks;
}

function checksOf(text: string): readonly CheckResult[] | null {
  try {
    const { checks } = JSON.parse(text) as { checks?: unknown };
    return Array.isArray(checks) && checks.every(isCheck) ? checks : null;
  } catch {
    return null;
  }
}

function isCheck(value: unknown): value is CheckResult {
  const { name, state, found, cure } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [name, state, found, cure].every(word => typeof word === 'string');
}

function addressOf(app: string): URL {
  const url = URL.canParse(app) ? new URL(app) : null;
  if (!url || !isSecure(url) || url.username !== '' || url.password !== '') {
    throw new CommandError('--app takes the https address of the app, such as https://NAME.azurewebsites.net.');
  }
  url.search = '';
  url.hash = '';
  if (!/\/api\/doctor\/?$/.test(url.pathname)) url.pathname = `${trimEnd(url.pathname, '/')}/api/doctor`;
  return url;
}

function refusalOf(status: number): string {
  if (status === 401 || status === 403) {
    return `The app refused the key (${status}). Take a function key of doctor or the host key "default" from the portal; with Easy Auth let /api/doctor through.`;
  }
  if (status === 404)
    return 'There is no doctor at that address (404): check it, or deploy a newer version of the app.';
  if (status === 429) return 'The app was asked within the last minute (429). Wait a minute and ask again.';
  return `The app answered ${status}. Look at its log, then ask again.`;
}

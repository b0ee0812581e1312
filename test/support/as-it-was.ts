import { flushCompileCache } from 'node:module';
import { afterAll, vi } from 'vitest';

/** Files follow each other in one process: what one of them does to the environment or the clock ends with it. */
const before = { ...process.env };
// The first word to vitest's timers makes them note the true clock: said under a world's own clock, that would be theirs.
vi.useRealTimers();

afterAll(() => {
  vi.useRealTimers();
  flushCompileCache();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

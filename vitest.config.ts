import { defineConfig } from 'vitest/config';

// Processes that tests start load the same modules again and again: Node keeps them compiled.
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.cache/compiled', import.meta.url).pathname;

/** Files with a process of their own. */
const APART = [
  // They load the product's modules anew, or put others in their place.
  'test/functions/functions.test.ts',
  'test/messages/lazy-intl.test.ts',
  'test/stories/entra-detail.test.ts',
  'test/weeks/*.test.ts',
  // The identity library looks once in a process who it is, and keeps the tokens that it was given.
  'test/azure/time-limits.test.ts',
  'test/bot/{bot-channel,callers,commands,identity,installs,other-cloud,verbs}.test.ts',
  'test/doctor/channels.test.ts',
  'test/partner-center/sign-in/{client-auth,rotation-in-vault,vault-token-store}.test.ts',
  'test/stories/{bot,mail-answers,playground,sign-in,storms}.test.ts',
];

const tests = {
  setupFiles: ['test/support/as-it-was.ts'],
  // Most tests wait for sockets and processes, not for the processor.
  maxWorkers: 4,
  // Shared build machines stall, for a minute at times; a test that needed its second try is named in the report.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/azurite.ts'],
    coverage: { provider: 'v8', include: ['src/**', 'functions/**'], reporter: ['text-summary', 'html'] },
    projects: [
      { test: { ...tests, name: 'apart', include: APART } },
      // Loading the app and its servers costs more than most files do with them.
      { test: { ...tests, name: 'together', include: ['test/**/*.test.ts'], exclude: APART, isolate: false } },
    ],
  },
});

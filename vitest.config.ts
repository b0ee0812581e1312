import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Processes that tests start load the same modules again and again: Node keeps them compiled.
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.cache/compiled', import.meta.url).pathname;

/** Files with a process of their own. */
const APART = [
  // They load the product's modules anew, or put others in their place.
  'test/functions/functions.test.ts',
  'test/messages/lazy-intl.test.ts',
  'test/stories/entra-detail.test.ts',
  'test/weeks/*.test.ts',
];

/** Files that wait for processes or a browser: begun late, they would run on when all others have ended. */
const LONG =
  /sandbox\/(console|start\.)|infra\/|commands\/|house\/|rotation-under-fire|performance\/start|poll\/killed/;
/** Asks one process one question after the other. */
const LONGEST = /infra\/template\./;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    const rank = ({ project, moduleId }: TestSpecification) =>
      project.name === 'apart' || LONGEST.test(moduleId) ? 0 : LONG.test(moduleId) ? 1 : 2;
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

const tests = {
  setupFiles: ['test/support/as-it-was.ts'],
  // Most tests wait for sockets and processes, not for the processor.
  maxWorkers: 4,
  // Of tests in one file that say they may run side by side.
  maxConcurrency: 20,
  // Shared build machines stall, for a minute at times; a test that needed its second try is named in the report.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 240_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['test/support/azurite.ts'],
    coverage: { provider: 'v8', include: ['src/**', 'functions/**'], reporter: ['text-summary', 'html'] },
    projects: [
      { test: { ...tests, name: 'apart', include: APART } },
      // Loading the app and its servers costs more than most files do with them.
      { test: { ...tests, name: 'together', include: ['test/**/*.test.ts'], exclude: APART, isolate: false } },
    ],
  },
});

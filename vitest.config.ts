import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/azurite.ts'],
    pool: 'forks',
    // Most tests wait for sockets and paced sends, not for the processor.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**', 'functions/**'], reporter: ['text-summary', 'html'] },
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/azurite.ts'],
    pool: 'forks',
    // Most tests wait for sockets and paced sends, not for the processor.
    maxWorkers: 4,
    // Shared build machines stall; a test that needed its second try is named in the report.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**', 'functions/**'], reporter: ['text-summary', 'html'] },
  },
});

import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'test/**/*.test.{ts,tsx}',
      'bank/**/*.test.{ts,tsx}',
      'torture/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    globalSetup: ['test/support/global-setup.ts', 'test/support/browser-setup.ts'],
    // A journey in a real browser on a busy machine takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Servers may be in any zone: dates are Paris dates all the same.
    env: { TZ: 'UTC' },
  },
})

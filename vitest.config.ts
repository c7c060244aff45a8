import { availableParallelism } from 'node:os'
import process from 'node:process'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** The suites of `npm test` and `npm run test:long`; `scripts/test.ts` runs them and adds up the counts. */
export default defineConfig({
  plugins: [vue()],
  test: {
    // 0 at one's desk; `.ci/run` allows one more try, and `npm test` names what needed it.
    retry: Number(process.env.TEST_RETRY ?? 0),
    // Tests wait more than they compute: all cores, but not a dozen browsers and databases at once.
    maxWorkers: Math.min(availableParallelism(), 4),
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'src/**/*.test.ts'], environment: 'node', testTimeout: 20_000 } },
      {
        extends: true,
        test: { name: 'integration', include: ['test/integration/**/*.test.ts'], environment: 'node', testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/e2e/support/built.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          environment: 'node',
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})

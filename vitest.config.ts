import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// A busy build machine loses a frame or comes late now and then; what fails twice is a failure.
const retry = process.env.CI ? 1 : 0

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.test.ts'],
          testTimeout: 20_000,
          retry,
        },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['tests/api/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          fileParallelism: false,
          retry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: ['tests/chaos/short.test.ts'],
          globalSetup: ['tests/support/build-setup.ts'],
          testTimeout: 310_000,
        },
      },
    ],
  },
})

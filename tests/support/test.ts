import { test as base, expect } from '@playwright/test'
import { connectStack, type StackAddresses, type StackClient } from './stack'

type Options = {
  /** Console and page errors that a test provokes on purpose; every other one fails it. */
  allowedErrors: RegExp | null
}
type TestFixtures = { quietConsole: undefined }
type WorkerFixtures = { stack: StackClient }

export const test = base.extend<Options & TestFixtures, WorkerFixtures>({
  allowedErrors: [null, { option: true }],

  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from the pattern.
    async ({}, use) => {
      const stack = connectStack(JSON.parse(process.env.STACK ?? '') as StackAddresses)
      await use(stack)
      await stack.close()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ stack }, use) => use(stack.baseUrl),

  // Browsers report CSP violations as console errors too, in every frame.
  quietConsole: [
    async ({ context, allowedErrors }, use) => {
      const errors: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => errors.push(String(error.error())))
      await use(undefined)
      const unexpected = errors.filter((text) => !allowedErrors?.test(text))
      expect(unexpected, 'console errors, page errors and CSP violations').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

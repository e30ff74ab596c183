import type { TestProject } from 'vitest/node'
import { type StackAddresses, startStack } from './stack'

declare module 'vitest' {
  export interface ProvidedContext {
    stack: StackAddresses
  }
}

/** One stack for all API tests, with the demo catalogue. */
export default async function setup(project: TestProject) {
  // Tests name the addresses they come from as a proxy would.
  const stack = await startStack({ seed: true, env: { TRUSTED_PROXIES: '1' } })
  project.provide('stack', stack.addresses)
  return stack.stop
}

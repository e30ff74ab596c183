import { afterAll, inject } from 'vitest'
import { connectStack, type StackClient } from './stack'

/** The stack all API tests share; its clients are closed when the file is done. */
export function sharedStack(): StackClient {
  const stack = connectStack(inject('stack'))
  afterAll(() => stack.close())
  return stack
}

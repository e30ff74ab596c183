import { startStack } from './stack'

/** One stack for all browser tests, with the demo catalogue; its addresses travel in the environment. */
export default async function setup() {
  const stack = await startStack({ seed: true })
  process.env.STACK = JSON.stringify(stack.addresses)
  return stack.stop
}

import type { StackClient } from './stack'

/** Lets this process use the product's functions on a stack's database and sandbox, as one more of its processes. */
export function joinStack({ env }: Pick<StackClient, 'env'>): void {
  Object.assign(process.env, env)
}

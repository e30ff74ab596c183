import { IntegrationError } from '../api-client'

/** A method of Stripe.js that the sandbox cannot play: says so instead of pretending. */
export function notOffered(what: string): () => never {
  return () => {
    throw new IntegrationError(`${what} is not offered by the sandbox.`)
  }
}

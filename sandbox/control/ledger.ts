import type { Kind } from '../state/records'
import type { World } from '../world'

const shown: Record<string, Kind> = {
  products: 'product',
  prices: 'price',
  customers: 'customer',
  payment_methods: 'payment_method',
  sessions: 'session',
  payment_intents: 'payment_intent',
  setup_intents: 'setup_intent',
  charges: 'charge',
  refunds: 'refund',
  disputes: 'dispute',
  subscriptions: 'subscription',
  invoices: 'invoice',
  invoice_payments: 'invoice_payment',
  events: 'event',
  webhook_endpoints: 'webhook_endpoint',
  deliveries: 'delivery',
  calls: 'call',
  faults: 'fault',
  knobs: 'knob',
}

/**
 * What really happened, oldest first: the oracle for tests. `calls` has every call to /v1 with its key, the
 * hash of its parameters, its status and the fault that struck it.
 * @param kinds only these, for instance `calls` and `charges`
 */
export function ledger(world: World, kinds: readonly string[] | undefined): Record<string, unknown> {
  const result: Record<string, unknown> = { now: world.clock.seconds() }
  for (const [name, kind] of Object.entries(shown)) {
    if (!kinds || kinds.includes(name)) result[name] = world.store.list(kind).reverse()
  }
  return result
}

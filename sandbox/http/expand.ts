import type { Kind } from '../state/records'
import type { World } from '../world'
import { invalidRequest } from './errors'

type Node = { [key: string]: unknown }
type Include = (world: World, object: Node) => unknown

/** Which properties of an object hold the id of which kind of record; null where the sandbox has none of them. */
const expandable: Record<string, Record<string, Kind | null | Include>> = {
  product: { default_price: 'price', tax_code: null },
  price: { product: 'product', currency_options: () => undefined, tiers: () => undefined },
  item: { price: null, discounts: () => [] },
  customer: { default_source: null, subscriptions: null, sources: null, tax_ids: null },
  payment_method: { customer: 'customer' },
  'checkout.session': {
    customer: 'customer',
    invoice: 'invoice',
    line_items: (world, session) => ({
      object: 'list',
      data: world.store.need('session_state', String(session.id)).line_items,
      has_more: false,
      url: `/v1/checkout/sessions/${session.id}/line_items`,
    }),
    payment_intent: 'payment_intent',
    payment_link: null,
    setup_intent: null,
    subscription: 'subscription',
  },
  payment_intent: {
    customer: 'customer',
    latest_charge: 'charge',
    payment_method: 'payment_method',
    review: null,
  },
  charge: {
    balance_transaction: null,
    customer: 'customer',
    payment_intent: 'payment_intent',
    payment_method: 'payment_method',
    refunds: (world, charge) => {
      const data = world.store.list('refund').filter((refund) => refund.charge === charge.id)
      return { object: 'list', data, has_more: false, url: `/v1/charges/${charge.id}/refunds` }
    },
    review: null,
  },
  refund: {
    balance_transaction: null,
    charge: 'charge',
    customer: 'customer',
    payment_intent: 'payment_intent',
    payment_method: 'payment_method',
  },
  dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  invoice: {
    customer: 'customer',
    payments: (world, invoice) => {
      const data = world.store.list('invoice_payment').filter((each) => each.invoice === invoice.id)
      return { object: 'list', data, has_more: false, url: `/v1/invoice_payments?invoice=${invoice.id}` }
    },
  },
  invoice_payment: { invoice: 'invoice' },
  subscription: {
    customer: 'customer',
    default_payment_method: 'payment_method',
    latest_invoice: 'invoice',
    pending_setup_intent: null,
  },
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

function expandAt(world: World, value: unknown, path: string[], whole: string): unknown {
  const [name, ...rest] = path
  if (name === undefined || value === null || value === undefined) return value
  if (Array.isArray(value)) return value.map((item: unknown) => expandAt(world, item, path, whole))
  if (!isNode(value)) return value
  if (value.object === 'list') {
    if (name !== 'data') throw cannotExpand(whole)
    return { ...value, data: expandAt(world, value.data, rest, whole) }
  }
  const rules = expandable[String(value.object)] ?? {}
  const rule = rules[name]
  const held = value[name]
  let next: unknown = held
  if (typeof rule === 'function') next = rule(world, value)
  else if (rule !== undefined) {
    if (rule !== null && typeof held === 'string') next = world.store.get(rule, held) ?? held
  } else if (!(name in value) || rest.length === 0 || !isNode(held)) throw cannotExpand(whole)
  return { ...value, [name]: expandAt(world, next, rest, whole) }
}

const cannotExpand = (path: string) =>
  invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand[]' })

/** Replaces ids by their objects along dot paths (`data.` on lists), four levels deep at most. */
export function expand(world: World, object: object, paths: readonly string[]): object {
  let expanded: unknown = object
  for (const path of paths) {
    const parts = path.split('.')
    if (parts.length > 4) {
      throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${path}`, {
        param: 'expand[]',
      })
    }
    expanded = expandAt(world, expanded, parts, path)
  }
  return expanded as object
}

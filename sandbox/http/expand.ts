import type { Kind } from '../state/records'
import type { World } from '../world'
import { invalidRequest } from './errors'

type Node = { [key: string]: unknown }
type Include = (world: World, object: Node) => unknown

/**
 * Which properties of an object hold the id of which kind of record; null where the sandbox has none of them, true
 * for what the record holds and shows only when it is asked for, false for what it never shows. Parts without a type
 * of their own go by their path.
 */
const expandable: Record<string, Record<string, Kind | null | boolean | Include>> = {
  product: { default_price: 'price', tax_code: null },
  price: { product: 'product', currency_options: true, tiers: () => undefined },
  coupon: { applies_to: true, currency_options: true },
  promotion_code: { customer: 'customer' },
  'promotion_code.promotion': { coupon: 'coupon' },
  'promotion_code.restrictions': { currency_options: true },
  discount: { customer: 'customer', promotion_code: 'promotion_code' },
  'discount.source': { coupon: 'coupon' },
  shipping_rate: { tax_code: null },
  'shipping_rate.fixed_amount': { currency_options: true },
  item: { price: null, discounts: true, taxes: true, tax_rates: false },
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
    setup_intent: 'setup_intent',
    subscription: 'subscription',
  },
  'checkout.session.discounts': { coupon: 'coupon', promotion_code: 'promotion_code' },
  'checkout.session.shipping_cost': { shipping_rate: 'shipping_rate', taxes: true },
  'checkout.session.shipping_options': { shipping_rate: 'shipping_rate' },
  'checkout.session.total_details': { breakdown: true },
  payment_link: {
    line_items: (world, link) => ({
      object: 'list',
      data: world.store.need('payment_link_lines', String(link.id)).lines,
      has_more: false,
      url: `/v1/payment_links/${link.id}/line_items`,
    }),
  },
  payment_intent: {
    customer: 'customer',
    latest_charge: 'charge',
    payment_method: 'payment_method',
    review: null,
  },
  setup_intent: {
    customer: 'customer',
    payment_method: 'payment_method',
    latest_attempt: null,
    mandate: null,
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

/** A dot path on its way down, and as it was asked for. */
type Path = { parts: string[]; whole: string }

function check(object: Node, rules: Record<string, unknown>, { parts, whole }: Path): void {
  const name = parts[0] ?? ''
  const isKnown = object.object === 'list' ? name === 'data' : name in rules && rules[name] !== false
  if (isKnown || (object.object !== 'list' && parts.length > 1 && typeof object[name] === 'object')) return
  throw invalidRequest(`This property cannot be expanded (${whole}).`, { param: 'expand[]' })
}

function show(world: World, value: unknown, paths: readonly Path[], place: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => show(world, item, paths, place))
  if (!isNode(value)) return value
  const type = typeof value.object === 'string' ? value.object : place
  const rules = expandable[type] ?? {}
  for (const path of paths) check(value, rules, path)
  const shown: Node = {}
  for (const name of new Set([...Object.keys(value), ...paths.map(({ parts }) => parts[0] ?? '')])) {
    const rule = rules[name]
    const below = paths.filter(({ parts }) => parts[0] === name)
    if (rule === false || (rule === true && below.length === 0)) continue
    let held = value[name]
    if (below.length > 0 && typeof rule === 'function') held ??= rule(world, value)
    if (below.length > 0 && typeof rule === 'string' && typeof held === 'string') {
      held = world.store.get(rule, held) ?? held
    }
    const deeper = below.map(({ parts, whole }) => ({ parts: parts.slice(1), whole }))
    const onward = deeper.filter(({ parts }) => parts.length > 0)
    shown[name] = name === 'metadata' ? held : show(world, held, onward, `${type}.${name}`)
  }
  return shown
}

/**
 * An object as Stripe shows it: without what has to be asked for, and with ids replaced by their objects along dot
 * paths (`data.` on lists), four levels deep at most.
 */
export function expand(world: World, object: object, asked: readonly string[] = []): object {
  const paths = asked.map((whole) => ({ parts: whole.split('.'), whole }))
  for (const { parts, whole } of paths) {
    if (parts.length <= 4) continue
    throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${whole}`, {
      param: 'expand[]',
    })
  }
  return show(world, object, paths, '') as object
}

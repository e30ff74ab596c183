import { mergeMetadata } from '../api/fields'
import { emit } from '../events'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import type { LineItem } from './line-items'
import { trialOf } from './recurring'
import type { Session } from './session'
import { periodEnd } from './subscription-period'
import { taxationOf } from './tax-rates'

type Subscription = Records['subscription']
type Item = Subscription['items']['data'][number]

type Price = NonNullable<LineItem['price']>

/** The price in the shape of the older Plan, which items still carry. */
function planOf(price: Price): Item['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}

function itemOf(line: LineItem, subscription: string, start: number, trialEnd: number | null): Item {
  const price = line.price as Price
  const { interval = 'month', interval_count = 1 } = price.recurring ?? {}
  return {
    id: newId('si_'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: start,
    current_period_end: trialEnd ?? periodEnd(start, interval, interval_count),
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata: line.metadata ?? {},
    plan: planOf(price),
    price,
    quantity: line.quantity ?? 1,
    subscription,
    tax_rates: line.tax_rates ?? [],
  }
}

/** Stores the subscription a completed session starts; one-time lines are not part of it. */
export function createSubscription(
  world: World,
  session: Session,
  lines: readonly LineItem[],
  method: string | null,
): Subscription {
  const id = newId('sub_')
  const start = world.clock.seconds()
  const state = world.store.need('session_state', session.id)
  const { subscription_data: data, discount } = state
  const trialEnd = trialOf(data, start)?.end ?? null
  const recurring = lines.filter((line) => line.price?.recurring)
  const items = recurring.map((line) => itemOf(line, id, start, trialEnd))
  const { description = null, footer = null, custom_fields } = data.invoice_settings ?? {}
  const taxation = taxationOf(world, session, state)
  const currency = session.currency ?? 'usd'
  const subscription: Subscription = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { enabled: session.automatic_tax.enabled, disabled_reason: null, liability: null },
    billing_cycle_anchor: trialEnd ?? start,
    billing_cycle_anchor_config: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: start,
    currency,
    customer: session.customer as string,
    customer_account: null,
    days_until_due: null,
    default_payment_method: method,
    default_source: null,
    default_tax_rates: [...(taxation.default_rates ?? [])],
    description: data.description ?? null,
    discounts: discount && discount.coupon.duration !== 'once' ? [discount.object.id] : [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: custom_fields || null,
      description,
      footer,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, data.metadata as Record<string, string> | undefined),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: start,
    status: trialEnd === null ? 'active' : 'trialing',
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: data.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
      },
    },
    trial_start: trialEnd === null ? null : start,
  }
  world.store.put('subscription', subscription)
  const charged = trialEnd === null
  const renewing = { lines: recurring, currency, ...taxation, discount, start, charged }
  world.store.put('subscription_state', { id, ...renewing })
  emit(world, 'customer.subscription.created', subscription)
  return subscription
}

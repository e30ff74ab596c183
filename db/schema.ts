import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type {
  AnsweredField,
  Answers,
  BuyerDetails,
  ChargeSnapshot,
  Consent,
  CustomUnitAmount,
  DisputeState,
  DroppedParameter,
  LinkConfig,
  OrderItem,
  PaymentMethodSummary,
  Recurring,
  Tracking,
} from './types'

/** Minor units. Stripe's amounts stay below 2^53, so a JavaScript number holds every one exactly. */
const amount = (name: string) => bigint(name, { mode: 'number' })
const time = (name: string) => timestamp(name, { withTimezone: true })
const createdAt = () => time('created_at').notNull().defaultNow()
const updatedAt = () => time('updated_at').notNull().defaultNow()

/** The one merchant of this deployment: what buyers see above every offer. */
export const merchant = pgTable('merchant', {
  id: text('id').primaryKey().default('merchant'),
  name: text('name').notNull(),
  accentColor: text('accent_color').notNull().default('#1f5eff'),
  supportEmail: text('support_email'),
  termsUrl: text('terms_url'),
  privacyUrl: text('privacy_url'),
  updatedAt: updatedAt(),
})

/** Mirrors of Stripe's products; Stripe is written first. */
export const products = pgTable(
  'products',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    images: jsonb('images').$type<string[]>().notNull().default([]),
    active: boolean('active').notNull().default(true),
    metadata: jsonb('metadata').$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('products_created').on(t.livemode, t.createdAt)],
)

/** Mirrors of Stripe's prices. Exactly one of `unit_amount` and `custom_unit_amount` is set. */
export const prices = pgTable(
  'prices',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    productId: text('product_id')
      .notNull()
      .references(() => products.id),
    currency: text('currency').notNull(),
    unitAmount: amount('unit_amount'),
    type: text('type').$type<'one_time' | 'recurring'>().notNull(),
    recurring: jsonb('recurring').$type<Recurring>(),
    customUnitAmount: jsonb('custom_unit_amount').$type<CustomUnitAmount>(),
    active: boolean('active').notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [index('prices_product').on(t.productId)],
)

/** The address and the switch of a link. What it sells is in its versions. */
export const paymentLinks = pgTable(
  'payment_links',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    slug: text('slug').notNull(),
    name: text('name'),
    active: boolean('active').notNull().default(true),
    inactiveMessage: text('inactive_message'),
    version: integer('version').notNull().default(1),
    /** Sessions that reached `complete`; counted in the transaction that settles them. */
    completedSessions: integer('completed_sessions').notNull().default(0),
    /** Signs the redirect after payment. Shown to the merchant, never to a buyer. */
    signingSecret: text('signing_secret').notNull(),
    createdVia: text('created_via').$type<'api' | 'dashboard' | 'import'>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('payment_links_slug').on(t.slug),
    index('payment_links_created').on(t.livemode, t.createdAt, t.id),
  ],
)

/** Every edit of a link is a version; sessions and orders keep the one they began under. */
export const paymentLinkVersions = pgTable(
  'payment_link_versions',
  {
    linkId: text('link_id')
      .notNull()
      .references(() => paymentLinks.id),
    version: integer('version').notNull(),
    config: jsonb('config').$type<LinkConfig>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.version] })],
)

/** Slugs a link had before; they answer with a permanent redirect and are never given to another link. */
export const formerSlugs = pgTable('former_slugs', {
  slug: text('slug').primaryKey(),
  linkId: text('link_id')
    .notNull()
    .references(() => paymentLinks.id),
  createdAt: createdAt(),
})

/** One row per time a buyer opened a link; loading its page again soon after is the same time (`lib/checkout/visits.ts`). */
export const visits = pgTable(
  'visits',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    linkId: text('link_id')
      .notNull()
      .references(() => paymentLinks.id),
    /** SHA-256 of the buyer cookie: ties a return visit to the first without keeping the cookie itself. */
    buyerHash: text('buyer_hash').notNull(),
    tracking: jsonb('tracking').$type<Tracking>().notNull().default({}),
    dropped: jsonb('dropped').$type<DroppedParameter[]>().notNull().default([]),
    referrerHost: text('referrer_host'),
    locale: text('locale'),
    isBot: boolean('is_bot').notNull().default(false),
    checkoutSessionId: text('checkout_session_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('visits_link').on(t.linkId, t.createdAt),
    index('visits_buyer').on(t.buyerHash, t.linkId, t.createdAt),
  ],
)

/**
 * Our side of a Stripe Checkout Session. The row and its call (`stripe_calls`, `subject` is this id) are
 * committed together before Stripe is called, so that a crash at any later point can only repeat the question.
 */
export const checkoutSessions = pgTable(
  'checkout_sessions',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    linkId: text('link_id').notNull(),
    linkVersion: integer('link_version').notNull(),
    buyerHash: text('buyer_hash').notNull(),
    status: text('status').$type<'open' | 'complete' | 'expired'>().notNull().default('open'),
    paymentStatus: text('payment_status')
      .$type<'unpaid' | 'paid' | 'no_payment_required'>()
      .notNull()
      .default('unpaid'),
    /** What may be charged: compared with Stripe's session before anything is fulfilled. */
    snapshot: jsonb('snapshot').$type<ChargeSnapshot>().notNull(),
    /** The amount the buyer chose, minor units; two while the change is under way at Stripe. */
    chosenAmounts: jsonb('chosen_amounts').$type<number[]>().notNull().default([]),
    /** Somebody is changing what is bought until then. */
    changingUntil: time('changing_until'),
    stripeSessionId: text('stripe_session_id'),
    clientSecret: text('client_secret'),
    firstTouch: jsonb('first_touch').$type<Tracking>().notNull().default({}),
    lastTouch: jsonb('last_touch').$type<Tracking>().notNull().default({}),
    clientReferenceId: text('client_reference_id'),
    prefilledEmail: text('prefilled_email'),
    lockedEmail: text('locked_email'),
    prefilledPromoCode: text('prefilled_promo_code'),
    /** Stripe's id of a returning buyer whom a signed address named. */
    customerId: text('customer_id'),
    /** Whether that buyer has an e-mail at Stripe, as it said when it made the session. */
    emailKnown: boolean('email_known').notNull().default(false),
    locale: text('locale'),
    /** Checked before each payment is confirmed; see `lib/checkout/answers.ts`. */
    answers: jsonb('answers').$type<Answers>().notNull().default({}),
    consent: jsonb('consent').$type<Consent>(),
    /** SHA-256 of the address it was opened from, for the brakes; null in older rows. */
    addressHash: text('address_hash'),
    expiresAt: time('expires_at').notNull(),
    /** When the sweeper last asked Stripe about it. */
    checkedAt: time('checked_at'),
    completedAt: time('completed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('checkout_sessions_stripe').on(t.stripeSessionId),
    index('checkout_sessions_resume').on(t.buyerHash, t.linkId, t.status),
    index('checkout_sessions_open').on(t.checkedAt, t.createdAt).where(sql`${t.status} = 'open'`),
    index('checkout_sessions_unpaid')
      .on(t.checkedAt)
      .where(sql`${t.status} = 'complete' and ${t.paymentStatus} = 'unpaid'`),
    index('checkout_sessions_link').on(t.linkId, t.createdAt),
    foreignKey({
      columns: [t.linkId, t.linkVersion],
      foreignColumns: [paymentLinkVersions.linkId, paymentLinkVersions.version],
    }),
  ],
)

export const orders = pgTable(
  'orders',
  {
    id: text('id').primaryKey(),
    /** What buyer and merchant say on the telephone: `7K3F-9Q2M`. */
    number: text('number').notNull(),
    livemode: boolean('livemode').notNull(),
    checkoutSessionId: text('checkout_session_id')
      .notNull()
      .references(() => checkoutSessions.id),
    stripeSessionId: text('stripe_session_id').notNull(),
    paymentIntentId: text('payment_intent_id'),
    subscriptionId: text('subscription_id'),
    customerId: text('customer_id'),
    linkId: text('link_id').notNull(),
    linkVersion: integer('link_version').notNull(),
    status: text('status').$type<'pending' | 'paid' | 'failed' | 'review'>().notNull(),
    /** Why a person has to look at it; empty unless `status` is `review`. */
    reviewReasons: jsonb('review_reasons').$type<string[]>().notNull().default([]),
    currency: text('currency').notNull(),
    amountSubtotal: amount('amount_subtotal').notNull(),
    amountDiscount: amount('amount_discount').notNull().default(0),
    amountShipping: amount('amount_shipping').notNull().default(0),
    amountTax: amount('amount_tax').notNull().default(0),
    amountTotal: amount('amount_total').notNull(),
    /** What the buyer saw and paid, where Stripe showed the total in their own currency; null where it did not. */
    presentmentAmount: amount('presentment_amount'),
    presentmentCurrency: text('presentment_currency'),
    /** Given back, never more than was paid; what has failed or was cancelled is not in it. */
    amountRefunded: amount('amount_refunded').notNull().default(0),
    /** Held back by Stripe while a dispute is open, and after one is lost. */
    amountDisputed: amount('amount_disputed').notNull().default(0),
    /** Paid for a subscription after the checkout. */
    amountRenewed: amount('amount_renewed').notNull().default(0),
    disputeState: text('dispute_state').$type<DisputeState>(),
    /** As Stripe calls it. */
    subscriptionStatus: text('subscription_status'),
    /** Counts the changes of refunds, disputes and renewals: a reading of Stripe is written over none but its own. */
    moneyVersion: integer('money_version').notNull().default(0),
    items: jsonb('items').$type<OrderItem[]>().notNull(),
    customerEmail: text('customer_email'),
    customerName: text('customer_name'),
    customerPhone: text('customer_phone'),
    paymentMethod: jsonb('payment_method').$type<PaymentMethodSummary>(),
    /** Stripe's page of the invoice, where one was made. It names the buyer. */
    invoiceUrl: text('invoice_url'),
    buyerDetails: jsonb('buyer_details').$type<BuyerDetails>(),
    customFields: jsonb('custom_fields').$type<AnsweredField[]>().notNull().default([]),
    consent: jsonb('consent').$type<Consent>(),
    clientReferenceId: text('client_reference_id'),
    firstTouch: jsonb('first_touch').$type<Tracking>().notNull().default({}),
    lastTouch: jsonb('last_touch').$type<Tracking>().notNull().default({}),
    receiptToken: text('receipt_token').notNull(),
    fulfilledAt: time('fulfilled_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('orders_number').on(t.number),
    uniqueIndex('orders_session').on(t.checkoutSessionId),
    uniqueIndex('orders_receipt').on(t.receiptToken),
    index('orders_created').on(t.livemode, t.createdAt, t.id),
    index('orders_link').on(t.linkId, t.createdAt),
    index('orders_payment').on(t.paymentIntentId),
    index('orders_subscription').on(t.subscriptionId),
  ],
)

/** The claim: whoever inserts this row fulfils the session, and nobody can insert it twice. */
export const fulfillments = pgTable('fulfillments', {
  checkoutSessionId: text('checkout_session_id')
    .primaryKey()
    .references(() => checkoutSessions.id),
  orderId: text('order_id')
    .notNull()
    .references(() => orders.id),
  source: text('source').notNull(),
  createdAt: createdAt(),
})

/** An order's story; each fact once, with where it was learnt. */
export const orderFacts = pgTable(
  'order_facts',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    kind: text('kind').notNull(),
    source: text('source').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.kind] })],
)

/** Inbox of Stripe's webhook: verified, inserted, answered; the work happens from the row. */
export const stripeEvents = pgTable(
  'stripe_events',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    type: text('type').notNull(),
    apiVersion: text('api_version'),
    objectId: text('object_id'),
    /** The signed bytes as text: jsonb would refuse an escaped NUL. */
    payload: text('payload').notNull(),
    state: text('state').$type<'pending' | 'done' | 'ignored' | 'dead'>().notNull().default('pending'),
    reason: text('reason'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
    receivedAt: time('received_at').notNull().defaultNow(),
    processedAt: time('processed_at'),
  },
  (t) => [
    index('stripe_events_due').on(t.nextAttemptAt).where(sql`${t.state} = 'pending'`),
    index('stripe_events_received').on(t.receivedAt, t.id),
  ],
)

/** Outbox: what the merchant's systems are told, written with the change it speaks of. */
export const events = pgTable(
  'events',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    type: text('type').notNull(),
    /** Names the fact, so that it can be told only once: `order.fulfilled:ord_…`. */
    factKey: text('fact_key').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('events_fact').on(t.factKey),
    index('events_created').on(t.livemode, t.createdAt, t.id),
  ],
)

/** Counters of `rate-limiter-flexible`; columns as its Drizzle store expects them. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  points: integer('points').notNull().default(0),
  expire: time('expire'),
})

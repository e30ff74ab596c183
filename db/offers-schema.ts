import { bigint, boolean, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DeliveryEstimate } from './types'

const amount = (name: string) => bigint(name, { mode: 'number' })
const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow()

/** Mirrors of Stripe's coupons. One of `percent_off` and `amount_off` is set. */
export const coupons = pgTable('coupons', {
  id: text('id').primaryKey(),
  livemode: boolean('livemode').notNull(),
  name: text('name'),
  /** As Stripe writes it, `12.5`; never reckoned with. */
  percentOff: text('percent_off'),
  /** Minor units of `currency`. */
  amountOff: amount('amount_off'),
  currency: text('currency'),
  duration: text('duration').$type<'once' | 'repeating' | 'forever'>().notNull(),
  durationInMonths: integer('duration_in_months'),
  /** Whether it could be redeemed when it was read last. */
  valid: boolean('valid').notNull(),
  createdAt: createdAt(),
})

/** Mirrors of Stripe's promotion codes: what a buyer types for a coupon. */
export const promotionCodes = pgTable(
  'promotion_codes',
  {
    id: text('id').primaryKey(),
    livemode: boolean('livemode').notNull(),
    couponId: text('coupon_id')
      .notNull()
      .references(() => coupons.id),
    code: text('code').notNull(),
    active: boolean('active').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('promotion_codes_coupon').on(t.couponId)],
)

/** Mirrors of Stripe's shipping rates; their amount never changes (Stripe API, Shipping Rates). */
export const shippingRates = pgTable('shipping_rates', {
  id: text('id').primaryKey(),
  livemode: boolean('livemode').notNull(),
  name: text('name').notNull(),
  amount: amount('amount').notNull(),
  currency: text('currency').notNull(),
  estimate: jsonb('estimate').$type<DeliveryEstimate>(),
  active: boolean('active').notNull(),
  createdAt: createdAt(),
})

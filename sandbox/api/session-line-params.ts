import type Stripe from 'stripe'
import { z } from 'zod'
import {
  boolean,
  choice,
  currency,
  decimal,
  emptyable,
  integer,
  metadata,
  objectOf,
  text,
  url,
} from '../http/params'

type PriceDataParams = Stripe.Checkout.SessionCreateParams.LineItem.PriceData

export const priceData = objectOf<PriceDataParams>()({
  currency: currency(),
  product: text().optional(),
  product_data: objectOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData>()({
    description: text(40_000).optional(),
    images: z.array(url(2048)).max(8).optional(),
    metadata: metadata().optional(),
    name: text(),
    tax_code: text().optional(),
    unit_label: text(12).optional(),
  }).optional(),
  recurring: objectOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.Recurring>()({
    interval: choice<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.Recurring['interval']>()(
      'day',
      'week',
      'month',
      'year',
    ),
    interval_count: integer(1).optional(),
  }).optional(),
  tax_behavior: choice<PriceDataParams['tax_behavior']>()('exclusive', 'inclusive', 'unspecified').optional(),
  unit_amount: integer(0).optional(),
  unit_amount_decimal: decimal().optional(),
})

export const adjustableQuantity = objectOf<Stripe.Checkout.SessionCreateParams.LineItem.AdjustableQuantity>()(
  {
    enabled: boolean(),
    maximum: integer(0, 999_999).optional(),
    minimum: integer(0, 999_999).optional(),
  },
)

const taxRates = z.array(text()).max(10)

/** A line item of a new session. */
export const lineItem = objectOf<Stripe.Checkout.SessionCreateParams.LineItem>()({
  adjustable_quantity: adjustableQuantity.optional(),
  metadata: metadata().optional(),
  price: text().optional(),
  price_data: priceData.optional(),
  quantity: integer(0, 999_999_999).optional(),
  tax_rates: taxRates.optional(),
})

/** A line item of an update: a known one by `id`, or another. */
export const changedLineItem = objectOf<Stripe.Checkout.SessionUpdateParams.LineItem>()({
  adjustable_quantity: adjustableQuantity.optional(),
  id: text().optional(),
  metadata: emptyable(metadata()).optional(),
  price: text().optional(),
  price_data: priceData.optional(),
  quantity: integer(0, 999_999_999).optional(),
  tax_rates: emptyable(taxRates).optional(),
})

export type LineItemInput = z.output<typeof changedLineItem>

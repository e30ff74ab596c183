import type Stripe from 'stripe'
import type { z } from 'zod'
import {
  boolean,
  choice,
  currency,
  currencyMap,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  text,
} from '../http/params'
import { createdFilter, pagination } from './fields'

type Create = Stripe.ShippingRateCreateParams
type Data = Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData

const taxBehavior = choice<Create['tax_behavior']>()('exclusive', 'inclusive', 'unspecified')

const bound = objectOf<Stripe.ShippingRateCreateParams.DeliveryEstimate.Maximum>()({
  unit: choice<Stripe.ShippingRateCreateParams.DeliveryEstimate.Maximum.Unit>()(
    'business_day',
    'day',
    'hour',
    'month',
    'week',
  ),
  value: integer(1),
})

const options = currencyMap(
  objectOf<Stripe.ShippingRateCreateParams.FixedAmount.CurrencyOptions>()({
    amount: integer(0),
    tax_behavior: taxBehavior.optional(),
  }),
)

const fields = {
  delivery_estimate: objectOf<Stripe.ShippingRateCreateParams.DeliveryEstimate>()({
    maximum: bound.optional(),
    minimum: bound.optional(),
  }).optional(),
  display_name: text(100),
  fixed_amount: objectOf<Stripe.ShippingRateCreateParams.FixedAmount>()({
    amount: integer(0),
    currency: currency(),
    currency_options: options.optional(),
  }).optional(),
  metadata: metadata().optional(),
  tax_behavior: taxBehavior.optional(),
  tax_code: text().optional(),
  type: choice<Create['type']>()('fixed_amount').optional(),
}

export const createParams = paramsOf<Create>()(fields)

export const updateParams = paramsOf<Stripe.ShippingRateUpdateParams>()({
  active: boolean().optional(),
  fixed_amount: objectOf<Stripe.ShippingRateUpdateParams.FixedAmount>()({
    currency_options: options.optional(),
  }).optional(),
  metadata: emptyable(metadata()).optional(),
  tax_behavior: taxBehavior.optional(),
})

export const listParams = paramsOf<Stripe.ShippingRateListParams>()({
  ...pagination,
  active: boolean().optional(),
  created: createdFilter,
  currency: currency().optional(),
})

/** One of a session's `shipping_options`: a rate that exists, or one to be made. */
export const shippingOption = objectOf<Stripe.Checkout.SessionCreateParams.ShippingOption>()({
  shipping_rate: text().optional(),
  shipping_rate_data: objectOf<Data>()(fields).optional(),
})

export type ShippingRateInput = z.output<z.ZodObject<typeof fields>>
export type ShippingOptionInput = z.output<typeof shippingOption>

import type Stripe from 'stripe'
import { z } from 'zod'
import { boolean, choice, objectOf, text } from '../http/params'
import { isShippingCountry } from '../payments/countries'

type Create = Stripe.Checkout.SessionCreateParams
type Consent = NonNullable<Create['consent_collection']>
type Agreement = NonNullable<Consent['payment_method_reuse_agreement']>
type Names = NonNullable<Create['name_collection']>
type TaxIds = NonNullable<Create['tax_id_collection']>

const country = text(2).refine(isShippingCountry, {
  message: 'Invalid {param}: must be a country Stripe ships to, such as DE or US',
  params: {},
})

export const shippingAddressCollection = objectOf<NonNullable<Create['shipping_address_collection']>>()({
  allowed_countries: z.array(country).min(1),
})

export const consentCollection = objectOf<Consent>()({
  payment_method_reuse_agreement: objectOf<Agreement>()({
    position: choice<Agreement['position']>()('auto', 'hidden'),
  }).optional(),
  promotions: choice<Consent['promotions']>()('auto', 'none').optional(),
  terms_of_service: choice<Consent['terms_of_service']>()('none', 'required').optional(),
})

const name = objectOf<NonNullable<Names['individual']>>()({
  enabled: boolean(),
  optional: boolean().optional(),
})

export const nameCollection = objectOf<Names>()({ business: name.optional(), individual: name.optional() })

export const taxIdCollection = objectOf<TaxIds>()({
  enabled: boolean(),
  required: choice<TaxIds['required']>()('if_supported', 'never').optional(),
})

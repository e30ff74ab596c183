import type Stripe from 'stripe'
import { z } from 'zod'
import {
  boolean,
  choice,
  currency,
  email,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  text,
  url,
} from '../http/params'
import { addressFields, createdFilter, emptyableText, pagination } from './fields'
import {
  consentCollection,
  nameCollection,
  shippingAddressCollection,
  taxIdCollection,
} from './session-collection-params'
import { invoiceCreation } from './session-invoice'
import { changedLineItem, lineItem } from './session-line-params'
import { shippingOption } from './shipping-rate-params'
import { subscriptionData } from './subscription-data'

type Create = Stripe.Checkout.SessionCreateParams
type Update = Stripe.Checkout.SessionUpdateParams
const methodTypes = z.array(text(50)).optional()

/** Parameters of create that `ui_mode: elements` forbids, by the SDK's own words. */
export const forbiddenInElements = [
  'after_expiration',
  'branding_settings',
  'cancel_url',
  'custom_fields',
  'custom_text',
  'optional_items',
  'origin_context',
  'redirect_on_completion',
  'submit_type',
  'success_url',
] as const satisfies readonly (keyof Create)[]

const anything: z.ZodType<never | undefined> = z.any().optional() as never

const forbidden = Object.fromEntries(forbiddenInElements.map((name) => [name, anything])) as Record<
  (typeof forbiddenInElements)[number],
  typeof anything
>

export const createParams = paramsOf<Create>()(
  {
    ...forbidden,
    adaptive_pricing: objectOf<Stripe.Checkout.SessionCreateParams.AdaptivePricing>()({
      enabled: boolean().optional(),
    }).optional(),
    allow_promotion_codes: boolean().optional(),
    allowed_payment_method_types: methodTypes,
    automatic_tax: objectOf<Stripe.Checkout.SessionCreateParams.AutomaticTax>()({
      enabled: boolean(),
    }).optional(),
    billing_address_collection: choice<Create['billing_address_collection']>()('auto', 'required').optional(),
    client_reference_id: text(200).optional(),
    consent_collection: consentCollection.optional(),
    currency: currency().optional(),
    customer: text().optional(),
    customer_creation: choice<Create['customer_creation']>()('always', 'if_required').optional(),
    customer_email: email().optional(),
    customer_update: objectOf<Stripe.Checkout.SessionCreateParams.CustomerUpdate>()({
      address: choice<Stripe.Checkout.SessionCreateParams.CustomerUpdate.Address>()(
        'auto',
        'never',
      ).optional(),
      name: choice<Stripe.Checkout.SessionCreateParams.CustomerUpdate.Name>()('auto', 'never').optional(),
      shipping: choice<Stripe.Checkout.SessionCreateParams.CustomerUpdate.Shipping>()(
        'auto',
        'never',
      ).optional(),
    }).optional(),
    discounts: z
      .array(
        objectOf<Stripe.Checkout.SessionCreateParams.Discount>()({
          coupon: text().optional(),
          promotion_code: text().optional(),
        }),
      )
      .max(1)
      .optional(),
    excluded_payment_method_types: methodTypes,
    expires_at: integer().optional(),
    invoice_creation: invoiceCreation.optional(),
    line_items: z.array(lineItem).min(1).max(100).optional(),
    locale: choice<Create['locale']>()(
      ...([
        'auto',
        'bg',
        'cs',
        'da',
        'de',
        'el',
        'en',
        'en-GB',
        'es',
        'es-419',
        'et',
        'fi',
        'fil',
        'fr',
      ] as const),
      ...([
        'fr-CA',
        'hi-IN',
        'hr',
        'hu',
        'id',
        'it',
        'ja',
        'ko',
        'lt',
        'lv',
        'ms',
        'mt',
        'nb',
        'nl',
      ] as const),
      ...([
        'pl',
        'pt',
        'pt-BR',
        'ro',
        'ru',
        'sk',
        'sl',
        'sv',
        'th',
        'tr',
        'vi',
        'zh',
        'zh-HK',
        'zh-TW',
      ] as const),
    ).optional(),
    metadata: metadata().optional(),
    mode: choice<Create['mode']>()('payment', 'setup', 'subscription'),
    name_collection: nameCollection.optional(),
    payment_intent_data: objectOf<Stripe.Checkout.SessionCreateParams.PaymentIntentData>()({
      capture_method: choice<Stripe.Checkout.SessionCreateParams.PaymentIntentData['capture_method']>()(
        'automatic',
        'automatic_async',
        'manual',
      ).optional(),
      description: text(1000).optional(),
      metadata: metadata().optional(),
      receipt_email: email().optional(),
      setup_future_usage: choice<
        Stripe.Checkout.SessionCreateParams.PaymentIntentData['setup_future_usage']
      >()('off_session', 'on_session').optional(),
      statement_descriptor: text(22).optional(),
      statement_descriptor_suffix: text(22).optional(),
    }).optional(),
    payment_method_collection: choice<Create['payment_method_collection']>()(
      'always',
      'if_required',
    ).optional(),
    permissions: objectOf<Stripe.Checkout.SessionCreateParams.Permissions>()({
      update_shipping_details: choice<
        Stripe.Checkout.SessionCreateParams.Permissions['update_shipping_details']
      >()('client_only', 'server_only').optional(),
    }).optional(),
    phone_number_collection: objectOf<Stripe.Checkout.SessionCreateParams.PhoneNumberCollection>()({
      enabled: boolean(),
    }).optional(),
    return_url: url().optional(),
    saved_payment_method_options: objectOf<Stripe.Checkout.SessionCreateParams.SavedPaymentMethodOptions>()({
      allow_redisplay_filters: z
        .array(
          choice<Stripe.Checkout.SessionCreateParams.SavedPaymentMethodOptions.AllowRedisplayFilter>()(
            'always',
            'limited',
            'unspecified',
          ),
        )
        .optional(),
      payment_method_remove: choice<
        Stripe.Checkout.SessionCreateParams.SavedPaymentMethodOptions['payment_method_remove']
      >()('disabled', 'enabled').optional(),
      payment_method_save: choice<
        Stripe.Checkout.SessionCreateParams.SavedPaymentMethodOptions['payment_method_save']
      >()('disabled', 'enabled').optional(),
    }).optional(),
    setup_intent_data: objectOf<Stripe.Checkout.SessionCreateParams.SetupIntentData>()({
      description: text(1000).optional(),
      metadata: metadata().optional(),
    }).optional(),
    shipping_address_collection: shippingAddressCollection.optional(),
    shipping_options: z.array(shippingOption).min(1).max(5).optional(),
    subscription_data: subscriptionData.optional(),
    tax_id_collection: taxIdCollection.optional(),
    ui_mode: choice<Create['ui_mode']>()('elements', 'embedded_page', 'form', 'hosted_page').optional(),
  },
  [
    'customer_account',
    'integration_identifier',
    'managed_payments',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'wallet_options',
  ],
)

export const updateParams = paramsOf<Update>()({
  collected_information: objectOf<Stripe.Checkout.SessionUpdateParams.CollectedInformation>()({
    shipping_details: objectOf<Stripe.Checkout.SessionUpdateParams.CollectedInformation.ShippingDetails>()({
      address: objectOf<Stripe.Checkout.SessionUpdateParams.CollectedInformation.ShippingDetails.Address>()({
        ...addressFields,
        country: text(2),
        line1: text(),
      }),
      name: text(),
    }).optional(),
  }).optional(),
  line_items: z.array(changedLineItem).min(1).max(100).optional(),
  metadata: emptyable(metadata()).optional(),
  payment_intent_data: objectOf<Stripe.Checkout.SessionUpdateParams.PaymentIntentData>()({
    description: emptyableText(1000),
    metadata: emptyable(metadata()).optional(),
    setup_future_usage: emptyable(
      choice<Stripe.Checkout.SessionUpdateParams.PaymentIntentData.SetupFutureUsage>()(
        'off_session',
        'on_session',
      ),
    ).optional(),
    statement_descriptor: emptyableText(22),
    statement_descriptor_suffix: emptyableText(22),
  }).optional(),
  shipping_options: emptyable(z.array(shippingOption).max(5)).optional(),
})

export const listParams = paramsOf<Stripe.Checkout.SessionListParams>()(
  {
    ...pagination,
    created: createdFilter,
    customer: text().optional(),
    customer_details: objectOf<Stripe.Checkout.SessionListParams.CustomerDetails>()({
      email: text(),
    }).optional(),
    payment_intent: text().optional(),
    payment_link: text().optional(),
    status: choice<Stripe.Checkout.SessionListParams['status']>()('complete', 'expired', 'open').optional(),
    subscription: text().optional(),
  },
  ['customer_account'],
)

export type CreateSession = z.output<(typeof createParams)['schema']>
export type UpdateSession = z.output<(typeof updateParams)['schema']>

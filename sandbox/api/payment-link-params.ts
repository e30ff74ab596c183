import type Stripe from 'stripe'
import { z } from 'zod'
import {
  boolean,
  choice,
  currency,
  emptyable,
  integer,
  metadata,
  objectOf,
  paramsOf,
  text,
  url,
} from '../http/params'
import { emptyableText, pagination } from './fields'
import {
  consentCollection,
  nameCollection,
  shippingAddressCollection,
  taxIdCollection,
} from './session-collection-params'
import { adjustableQuantity, priceData } from './session-line-params'

type Create = Stripe.PaymentLinkCreateParams
type Update = Stripe.PaymentLinkUpdateParams
type Field = Stripe.PaymentLinkCreateParams.CustomField
type Texts = Stripe.PaymentLinkCreateParams.CustomText
type PaymentData = Stripe.PaymentLinkCreateParams.PaymentIntentData
type SubscriptionData = Stripe.PaymentLinkCreateParams.SubscriptionData
type EndBehavior = Stripe.PaymentLinkCreateParams.SubscriptionData.TrialSettings.EndBehavior

const bounds = {
  default_value: text(255).optional(),
  maximum_length: integer(1, 255).optional(),
  minimum_length: integer(1, 255).optional(),
}

const customFields = z
  .array(
    objectOf<Field>()({
      dropdown: objectOf<NonNullable<Field['dropdown']>>()({
        default_value: text(100).optional(),
        options: z
          .array(
            objectOf<NonNullable<Field['dropdown']>['options'][number]>()({
              label: text(100),
              value: text(100),
            }),
          )
          .min(1)
          .max(200),
      }).optional(),
      key: text(200),
      label: objectOf<Field['label']>()({ custom: text(100), type: choice<'custom'>()('custom') }),
      numeric: objectOf<NonNullable<Field['numeric']>>()(bounds).optional(),
      optional: boolean().optional(),
      text: objectOf<NonNullable<Field['text']>>()(bounds).optional(),
      type: choice<Field['type']>()('dropdown', 'numeric', 'text'),
    }),
  )
  .max(3)

const words = emptyable(objectOf<{ message: string }>()({ message: text(1200) })).optional()

/** What both create and update take, and mean alike. */
const shared = {
  after_completion: objectOf<Stripe.PaymentLinkCreateParams.AfterCompletion>()({
    hosted_confirmation: objectOf<Stripe.PaymentLinkCreateParams.AfterCompletion.HostedConfirmation>()({
      custom_message: text(500).optional(),
    }).optional(),
    redirect: objectOf<Stripe.PaymentLinkCreateParams.AfterCompletion.Redirect>()({ url: url() }).optional(),
    type: choice<Stripe.PaymentLinkCreateParams.AfterCompletion['type']>()('hosted_confirmation', 'redirect'),
  }).optional(),
  allow_promotion_codes: boolean().optional(),
  automatic_tax: objectOf<Stripe.PaymentLinkCreateParams.AutomaticTax>()({ enabled: boolean() }).optional(),
  billing_address_collection: choice<Create['billing_address_collection']>()('auto', 'required').optional(),
  consent_collection: consentCollection.optional(),
  custom_text: objectOf<Texts>()({
    after_submit: words,
    shipping_address: words,
    submit: words,
    terms_of_service_acceptance: words,
  }).optional(),
  customer_creation: choice<Create['customer_creation']>()('always', 'if_required').optional(),
  metadata: metadata().optional(),
  payment_method_collection: choice<Create['payment_method_collection']>()(
    'always',
    'if_required',
  ).optional(),
  phone_number_collection: objectOf<Stripe.PaymentLinkCreateParams.PhoneNumberCollection>()({
    enabled: boolean(),
  }).optional(),
  submit_type: choice<Create['submit_type']>()('auto', 'book', 'donate', 'pay', 'subscribe').optional(),
  tax_id_collection: taxIdCollection.optional(),
}

const lineItem = objectOf<Stripe.PaymentLinkCreateParams.LineItem>()({
  adjustable_quantity: adjustableQuantity.optional(),
  price: text().optional(),
  price_data: priceData.optional(),
  quantity: integer(1, 999_999),
})

const restrictions = objectOf<Stripe.PaymentLinkCreateParams.Restrictions>()({
  completed_sessions: objectOf<Stripe.PaymentLinkCreateParams.Restrictions.CompletedSessions>()({
    limit: integer(1),
  }),
})

export const createParams = paramsOf<Create>()(
  {
    ...shared,
    currency: currency().optional(),
    custom_fields: customFields.optional(),
    inactive_message: text(500).optional(),
    invoice_creation: objectOf<Stripe.PaymentLinkCreateParams.InvoiceCreation>()({
      enabled: boolean(),
    }).optional(),
    line_items: z.array(lineItem).min(1).max(20),
    name_collection: nameCollection.optional(),
    optional_items: z
      .array(
        objectOf<Stripe.PaymentLinkCreateParams.OptionalItem>()({
          adjustable_quantity: adjustableQuantity.optional(),
          price: text(),
          quantity: integer(1),
        }),
      )
      .max(10)
      .optional(),
    payment_intent_data: objectOf<PaymentData>()({
      capture_method: choice<PaymentData['capture_method']>()(
        'automatic',
        'automatic_async',
        'manual',
      ).optional(),
      description: text(1000).optional(),
      metadata: metadata().optional(),
      setup_future_usage: choice<PaymentData['setup_future_usage']>()('off_session', 'on_session').optional(),
      statement_descriptor: text(22).optional(),
      statement_descriptor_suffix: text(22).optional(),
      transfer_group: text().optional(),
    }).optional(),
    payment_method_types: z
      .array(
        choice<NonNullable<Create['payment_method_types']>[number]>()(
          'bancontact',
          'card',
          'ideal',
          'sepa_debit',
        ),
      )
      .optional(),
    restrictions: restrictions.optional(),
    shipping_address_collection: shippingAddressCollection.optional(),
    shipping_options: z
      .array(objectOf<Stripe.PaymentLinkCreateParams.ShippingOption>()({ shipping_rate: text().optional() }))
      .max(5)
      .optional(),
    subscription_data: objectOf<SubscriptionData>()({
      description: text(500).optional(),
      metadata: metadata().optional(),
      trial_period_days: integer(1, 730).optional(),
      trial_settings: objectOf<NonNullable<SubscriptionData['trial_settings']>>()({
        end_behavior: objectOf<EndBehavior>()({
          missing_payment_method: choice<EndBehavior['missing_payment_method']>()(
            'cancel',
            'create_invoice',
            'pause',
          ),
        }),
      }).optional(),
    }).optional(),
  },
  [
    'application_fee_amount',
    'application_fee_percent',
    'managed_payments',
    'on_behalf_of',
    'payment_method_options',
    'transfer_data',
  ],
)

export const updateParams = paramsOf<Update>()(
  {
    ...shared,
    active: boolean().optional(),
    custom_fields: emptyable(customFields).optional(),
    inactive_message: emptyableText(500),
    name_collection: emptyable(nameCollection).optional(),
    restrictions: emptyable(restrictions).optional(),
    shipping_address_collection: emptyable(shippingAddressCollection).optional(),
  },
  [
    'application_fee_amount',
    'application_fee_percent',
    'invoice_creation',
    'line_items',
    'on_behalf_of',
    'optional_items',
    'payment_intent_data',
    'payment_method_options',
    'payment_method_types',
    'shipping_options',
    'subscription_data',
    'transfer_data',
  ],
)

export const listParams = paramsOf<Stripe.PaymentLinkListParams>()({
  ...pagination,
  active: boolean().optional(),
})

export type CreateLink = z.output<(typeof createParams)['schema']>
export type UpdateLink = z.output<(typeof updateParams)['schema']>

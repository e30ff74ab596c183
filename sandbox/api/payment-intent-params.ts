import type Stripe from 'stripe'
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
import { createdFilter, pagination } from './fields'

type Create = Stripe.PaymentIntentCreateParams

const futureUsage = choice<Create['setup_future_usage']>()('off_session', 'on_session').optional()
const captureMethod = choice<Create['capture_method']>()('automatic', 'automatic_async', 'manual').optional()

export const createParams = paramsOf<
  Pick<
    Create,
    | 'amount'
    | 'automatic_payment_methods'
    | 'capture_method'
    | 'confirm'
    | 'currency'
    | 'customer'
    | 'description'
    | 'expand'
    | 'metadata'
    | 'off_session'
    | 'payment_method'
    | 'receipt_email'
    | 'return_url'
    | 'setup_future_usage'
    | 'statement_descriptor'
    | 'statement_descriptor_suffix'
  >
>()({
  amount: integer(1, 99_999_999),
  automatic_payment_methods: objectOf<Stripe.PaymentIntentCreateParams.AutomaticPaymentMethods>()({
    enabled: boolean(),
    allow_redirects: choice<Stripe.PaymentIntentCreateParams.AutomaticPaymentMethods['allow_redirects']>()(
      'always',
      'never',
    ).optional(),
  }).optional(),
  capture_method: captureMethod,
  confirm: boolean().optional(),
  currency: currency(),
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata().optional(),
  off_session: boolean().optional(),
  payment_method: text().optional(),
  receipt_email: email().optional(),
  return_url: url().optional(),
  setup_future_usage: futureUsage,
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
})

export const updateParams = paramsOf<
  Pick<
    Stripe.PaymentIntentUpdateParams,
    'amount' | 'customer' | 'description' | 'expand' | 'metadata' | 'receipt_email' | 'setup_future_usage'
  >
>()({
  amount: integer(1, 99_999_999).optional(),
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: emptyable(metadata()).optional(),
  receipt_email: emptyable(email()).optional(),
  setup_future_usage: emptyable(
    choice<Create['setup_future_usage']>()('off_session', 'on_session'),
  ).optional(),
})

export const confirmParams = paramsOf<
  Pick<
    Stripe.PaymentIntentConfirmParams,
    'expand' | 'off_session' | 'payment_method' | 'receipt_email' | 'return_url'
  >
>()({
  off_session: boolean().optional(),
  payment_method: text().optional(),
  receipt_email: emptyable(email()).optional(),
  return_url: url().optional(),
})

export const cancelParams = paramsOf<Stripe.PaymentIntentCancelParams>()({
  cancellation_reason: choice<Stripe.PaymentIntentCancelParams['cancellation_reason']>()(
    'abandoned',
    'duplicate',
    'fraudulent',
    'requested_by_customer',
  ).optional(),
})

export const captureParams = paramsOf<
  Pick<Stripe.PaymentIntentCaptureParams, 'amount_to_capture' | 'expand' | 'metadata'>
>()({
  amount_to_capture: integer(1).optional(),
  metadata: emptyable(metadata()).optional(),
})

export const listParams = paramsOf<Stripe.PaymentIntentListParams>()(
  { ...pagination, created: createdFilter, customer: text().optional() },
  ['customer_account'],
)

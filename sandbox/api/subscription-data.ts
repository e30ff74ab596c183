import type Stripe from 'stripe'
import { z } from 'zod'
import { choice, emptyable, integer, metadata, objectOf, text } from '../http/params'

type Data = Stripe.Checkout.SessionCreateParams.SubscriptionData
type EndBehavior = Stripe.Checkout.SessionCreateParams.SubscriptionData.TrialSettings.EndBehavior

/** `subscription_data` of a new session. */
export const subscriptionData = objectOf<Data>()({
  default_tax_rates: z.array(text()).max(10).optional(),
  description: text(500).optional(),
  invoice_settings: objectOf<Stripe.Checkout.SessionCreateParams.SubscriptionData.InvoiceSettings>()({
    custom_fields: emptyable(
      z
        .array(
          objectOf<Stripe.Checkout.SessionCreateParams.SubscriptionData.InvoiceSettings.CustomField>()({
            name: text(40),
            value: text(140),
          }),
        )
        .max(4),
    ).optional(),
    description: text(1500).optional(),
    footer: text().optional(),
    issuer: objectOf<Stripe.Checkout.SessionCreateParams.SubscriptionData.InvoiceSettings.Issuer>()({
      type: choice<Stripe.Checkout.SessionCreateParams.SubscriptionData.InvoiceSettings.Issuer['type']>()(
        'self',
      ),
    }).optional(),
  }).optional(),
  metadata: metadata().optional(),
  trial_end: integer().optional(),
  trial_period_days: integer(1, 730).optional(),
  trial_settings: objectOf<Stripe.Checkout.SessionCreateParams.SubscriptionData.TrialSettings>()({
    end_behavior: objectOf<EndBehavior>()({
      missing_payment_method: choice<EndBehavior['missing_payment_method']>()(
        'cancel',
        'create_invoice',
        'pause',
      ),
    }),
  }).optional(),
})

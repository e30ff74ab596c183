import { readOnlyOperations } from './charges'
import { couponOperations } from './coupons'
import { customerSessionOperations } from './customer-sessions'
import { customerOperations } from './customers'
import { eventOperations } from './events'
import { invoiceOperations } from './invoices'
import type { Operation } from './operation'
import { paymentIntentOperations } from './payment-intents'
import { paymentLinkOperations } from './payment-links'
import { paymentMethodDomainOperations } from './payment-method-domains'
import { paymentMethodOperations } from './payment-methods'
import { priceOperations } from './prices'
import { productOperations } from './products'
import { promotionCodeOperations } from './promotion-codes'
import { refundOperations } from './refunds'
import { sessionOperations } from './sessions'
import { setupIntentOperations } from './setup-intents'
import { shippingRateOperations } from './shipping-rates'
import { subscriptionOperations } from './subscriptions'
import { taxRateOperations } from './tax-rates'
import { webhookEndpointOperations } from './webhook-endpoints'

/** Everything /v1 offers. */
export const operations: readonly Operation[] = [
  ...productOperations,
  ...priceOperations,
  ...couponOperations,
  ...promotionCodeOperations,
  ...shippingRateOperations,
  ...taxRateOperations,
  ...customerOperations,
  ...customerSessionOperations,
  ...paymentMethodOperations,
  ...sessionOperations,
  ...paymentIntentOperations,
  ...setupIntentOperations,
  ...paymentLinkOperations,
  ...paymentMethodDomainOperations,
  ...readOnlyOperations,
  ...refundOperations,
  ...subscriptionOperations,
  ...invoiceOperations,
  ...eventOperations,
  ...webhookEndpointOperations,
]

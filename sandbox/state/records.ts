import type Stripe from 'stripe'
import type { Renewing } from '../payments/recurring'
import type { Wire } from '../wire'

/** The discount of a session, with the coupon as it was when it was applied. */
export type SessionDiscount = { object: Wire<Stripe.Discount>; coupon: Wire<Stripe.Coupon> }

/** A line with the merchant's tax rates as they were when they were given; they are shown in its `taxes` only. */
export type SessionLine = Wire<Stripe.LineItem> & { tax_rates?: Wire<Stripe.TaxRate>[] }

/** What belongs to a session and is never shown in it. */
export type SessionState = {
  id: string
  client_secret: string
  line_items: SessionLine[]
  email_locked: boolean
  payment_intent: string | null
  /** Of a session that pays nothing now, but sets a method up. */
  setup_intent: string | null
  payment_intent_data: Wire<Stripe.Checkout.SessionCreateParams.PaymentIntentData>
  subscription_data: Wire<Stripe.Checkout.SessionCreateParams.SubscriptionData>
  setup_intent_data?: Wire<Stripe.Checkout.SessionCreateParams.SetupIntentData> | undefined
  saves_payment_method: boolean
  customer_update?: Wire<Stripe.Checkout.SessionCreateParams.CustomerUpdate> | undefined
  discount: SessionDiscount | null
  /** The currency the buyer chose to see under Adaptive Pricing. */
  presented?: string | undefined
  /** Whether the page lets Stripe convert. */
  converts?: boolean | undefined
  /** Payment method types the session was created without. */
  excluded?: string[] | undefined
}

export type IntentState = {
  id: string
  session: string | null
  return_url: string | null
  /** Set while the buyer has to act: the payment method that was confirmed. */
  attempt: string | null
  off_session: boolean
  /** The buyer ticked the box of a Payment Element outside of Checkout Sessions. */
  saves?: boolean
}

export type SetupState = {
  id: string
  session: string | null
  return_url: string | null
  /** Set while the buyer has to act: the payment method that was confirmed. */
  attempt: string | null
  /** How the method may be shown again once it is set up; null leaves that as it is. */
  redisplay: 'always' | 'limited' | null
}

export type PaymentMethodState = {
  id: string
  /** How the method behaves when it is charged; decided by the number or the e-mail, which is not kept. */
  behaviour: string
  set_up: boolean
  /** Was a customer's once, and may never be used again. */
  detached?: boolean
}

export type EndpointState = {
  id: string
  secret: string
  old_secret: string | null
  old_secret_until: number
}

export type Attempt = {
  at: number
  status: number | null
  error: string | null
  milliseconds: number
  body: string
  signature: 'valid' | 'wrong'
}

export type Delivery = {
  id: string
  event: string
  endpoint: string
  state: 'pending' | 'held' | 'succeeded' | 'failed' | 'dropped'
  attempts: Attempt[]
  /** Milliseconds of the sandbox's clock. */
  next_at: number
  copy: number
  wrong_signatures: number
  wrong_mode: boolean
  knob: string | null
}

/** A delivery that waits for its time; there is one for every pending delivery. */
export type QueuedDelivery = { id: string; next_at: number }

export type Task = {
  id: string
  /** Milliseconds of the sandbox's clock. */
  due: number
  type:
    | 'expire_session'
    | 'settle_debit'
    | 'dispute_charge'
    | 'end_coupon'
    | 'end_promotion_code'
    | 'renew_subscription'
    | 'retry_invoice'
  subject: string
  outcome: 'succeed' | 'fail' | 'dispute' | null
}

export type StoredAnswer = {
  id: string
  fingerprint: string
  status: number
  body: string
  request_id: string
  at: number
}

export type CallRecord = {
  id: string
  at: number
  method: string
  path: string
  operation: string | null
  idempotency_key: string | null
  params: unknown
  fingerprint: string | null
  status: number | null
  replayed: boolean
  fault: string | null
}

export type Fault = {
  id: string
  operation: string
  kind: string
  position: 'before' | 'after'
  nth: number | null
  probability: number | null
  seed: number
  times: number | null
  seconds: number
  should_retry: boolean | null
  omit: string[]
  seen: number
  hits: number
}

export type Knob = {
  id: string
  action: 'duplicate' | 'delay' | 'reorder' | 'drop' | 'burst' | 'wrong_secret' | 'wrong_mode'
  types: string[] | null
  remaining: number | null
  copies: number
  seconds: number
  window: number
  seed: number
}

export type Setting = { id: string; value: unknown }

/** Every kind of record the sandbox keeps. */
export type Records = {
  product: Wire<Stripe.Product>
  price: Wire<Stripe.Price>
  coupon: Wire<Stripe.Coupon>
  promotion_code: Wire<Stripe.PromotionCode>
  shipping_rate: Wire<Stripe.ShippingRate>
  tax_rate: Wire<Stripe.TaxRate>
  customer: Wire<Stripe.Customer>
  payment_method: Wire<Stripe.PaymentMethod>
  payment_method_state: PaymentMethodState
  /** By client secret: the object has no id of its own. */
  customer_session: { id: string; session: Wire<Stripe.CustomerSession> }
  session: Wire<Stripe.Checkout.Session>
  session_state: SessionState
  payment_intent: Wire<Stripe.PaymentIntent>
  payment_intent_state: IntentState
  setup_intent: Wire<Stripe.SetupIntent>
  setup_intent_state: SetupState
  payment_link: Wire<Stripe.PaymentLink>
  payment_link_lines: { id: string; lines: Wire<Stripe.LineItem>[] }
  payment_method_domain: Wire<Stripe.PaymentMethodDomain>
  charge: Wire<Stripe.Charge>
  refund: Wire<Stripe.Refund>
  dispute: Wire<Stripe.Dispute>
  subscription: Wire<Stripe.Subscription>
  /** What the subscription charges each period. */
  subscription_state: { id: string } & Renewing
  invoice: Wire<Stripe.Invoice>
  invoice_payment: Wire<Stripe.InvoicePayment>
  event: Wire<Stripe.EventBase>
  webhook_endpoint: Wire<Stripe.WebhookEndpoint>
  endpoint_state: EndpointState
  delivery: Delivery
  queued_delivery: QueuedDelivery
  task: Task
  answer: StoredAnswer
  call: CallRecord
  fault: Fault
  knob: Knob
  setting: Setting
}

export type Kind = keyof Records

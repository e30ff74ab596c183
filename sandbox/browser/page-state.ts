import type Stripe from 'stripe'

export type PageState = {
  session: Stripe.Checkout.Session
  payment_method_types: string[]
  adjustable: Record<string, { minimum: number; maximum: number }>
  account: { display_name: string }
  email_locked: boolean
  last_payment_error: { message: string; code: string; decline_code: string | null } | null
}

/** Shapes kept in jsonb columns. Amounts are integer minor units of the currency beside them. */

export type Recurring = { interval: 'day' | 'week' | 'month' | 'year'; interval_count: number }

export type CustomUnitAmount = { preset: number | null; minimum: number | null; maximum: number | null }

/** The URL codes of one visit (Stripe Payment Links, URL parameters). Absent means absent, never empty. */
export type Tracking = {
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  utm_term?: string
  utm_content?: string
}

/** A URL value that was not kept, in words the merchant can act on. */
export type DroppedParameter = { parameter: string; reason: string }

export type LinkItem = {
  price: string
  quantity: number
  adjustable_quantity: { enabled: boolean; minimum: number; maximum: number }
}

/** When and how much a link sells. Absent means unlimited. */
export type Restrictions = {
  completed_sessions?: { limit: number } | undefined
  /** Unix seconds. */
  starts_at?: number | undefined
  ends_at?: number | undefined
  /** How many of a price the link sells in all, counted from when it was first given here. */
  inventory?: Record<string, number> | undefined
  per_buyer?: { limit: number } | undefined
}

/** Places by what they are places of: `{ sessions: 1, 'price:price_…': 2 }`. */
export type Places = Record<string, number>

export type LinkConfig = {
  currency: string
  line_items: LinkItem[]
  submit_type: 'auto' | 'pay' | 'book' | 'donate' | 'subscribe'
  after_completion:
    | { type: 'hosted_confirmation'; hosted_confirmation: { custom_message: string | null } }
    | { type: 'redirect'; redirect: { url: string } }
  restrictions: Restrictions | null
  metadata: Record<string, string>
}

export type SnapshotItem = {
  price: string
  name: string
  unit_amount: number
  quantity: number
  /** The quantities a buyer may choose; both equal `quantity` where they may not. */
  minimum: number
  maximum: number
}

/** What a session may charge, fixed when it is opened. */
export type ChargeSnapshot = {
  mode: 'payment' | 'subscription'
  currency: string
  items: SnapshotItem[]
}

export type OrderItem = {
  price: string | null
  name: string
  quantity: number
  unit_amount: number
  amount_total: number
  recurring: Recurring | null
}

export type PaymentMethodSummary = { type: string; brand: string | null; last4: string | null }

/** What disputes mean for an order; `unknown` is a status Stripe has and this version does not know. */
export type DisputeState = 'opened' | 'unknown' | 'lost' | 'won'

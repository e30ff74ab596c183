import type { DisputeState } from '@/db/types'

type Meaning = {
  /** Null: an inquiry that never became a dispute. */
  state: DisputeState | null
  /** Whether Stripe holds the amount back. */
  withheld: boolean
}

const meanings: Record<string, Meaning> = {
  warning_needs_response: { state: 'opened', withheld: false },
  warning_under_review: { state: 'opened', withheld: false },
  warning_closed: { state: null, withheld: false },
  prevented: { state: null, withheld: false },
  charge_refunded: { state: null, withheld: false },
  needs_response: { state: 'opened', withheld: true },
  under_review: { state: 'opened', withheld: true },
  appeal_needs_response: { state: 'opened', withheld: true },
  appeal_under_review: { state: 'opened', withheld: true },
  lost: { state: 'lost', withheld: true },
  won: { state: 'won', withheld: false },
}

/**
 * What a dispute's status means (Stripe, the Dispute object). One that is not in the table is shown as it is,
 * never taken for won, and its amount not counted as had.
 */
export function disputeMeaning(status: string): Meaning {
  const known = Object.hasOwn(meanings, status) ? meanings[status] : undefined
  return known ?? { state: 'unknown', withheld: true }
}

const gravest: DisputeState[] = ['opened', 'unknown', 'lost', 'won']

/** What several disputes mean together: what asks for attention first wins. */
export function disputeStateOf(statuses: string[]): DisputeState | null {
  const states = new Set(statuses.map((status) => disputeMeaning(status).state))
  return gravest.find((state) => states.has(state)) ?? null
}

/** Minor units Stripe holds back. */
export function amountWithheld(disputes: { amount: number; status: string }[]): number {
  return disputes.reduce((sum, { amount, status }) => sum + (disputeMeaning(status).withheld ? amount : 0), 0)
}

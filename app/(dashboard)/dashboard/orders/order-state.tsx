import { Badge, type Tone } from '@/components/ui/badge'
import type { OrderSummary } from '@/lib/orders/orders'

type State = Pick<OrderSummary, 'status' | 'refund_state' | 'dispute_state'>

/** What a merchant should know of an order first, in a word. */
export function OrderState({ order }: { order: State }) {
  const { tone, label } = wordOf(order)
  return <Badge tone={tone}>{label}</Badge>
}

function wordOf({ status, refund_state, dispute_state }: State): { tone: Tone; label: string } {
  if (dispute_state === 'opened') return { tone: 'bad', label: 'Disputed' }
  if (dispute_state === 'unknown') return { tone: 'warning', label: 'Dispute, see why' }
  if (refund_state === 'full') return { tone: 'quiet', label: 'Refunded' }
  if (status === 'review') return { tone: 'warning', label: 'To review' }
  if (dispute_state === 'lost') return { tone: 'bad', label: 'Dispute lost' }
  if (refund_state === 'partial') return { tone: 'quiet', label: 'Partly refunded' }
  if (status === 'pending') return { tone: 'quiet', label: 'Processing' }
  return status === 'paid' ? { tone: 'good', label: 'Paid' } : { tone: 'bad', label: 'Failed' }
}

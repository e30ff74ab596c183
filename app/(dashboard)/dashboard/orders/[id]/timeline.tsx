import { Timestamp } from '@/components/ui/timestamp'
import { formatMoney } from '@/lib/money'
import type { OrderDetails, OrderFact } from '@/lib/orders/order-details'
import { Section } from './section'

/** What happened, newest last: each fact once, with where it was learnt. */
export function Timeline({ order }: { order: OrderDetails }) {
  return (
    <Section title="What happened">
      <ol className="grid gap-3 text-sm">
        {order.facts.map((fact) => (
          <li key={fact.kind} className="border-l-2 border-line pl-3">
            <p className="wrap-anywhere">{sentence(fact, order.currency)}</p>
            <p className="text-[13px] text-ink-2">
              <Timestamp at={fact.at} /> · {sources[fact.source]}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  )
}

const sources: Record<OrderFact['source'], string> = {
  webhook: 'told by Stripe',
  return: 'the buyer came back',
  sweep: 'found by the sweeper',
  recheck: 'found by a re-check',
  dashboard: 'done in the dashboard',
}

/** The kinds carry what they are about after a colon: `refunded:re_…`. */
function sentence({ kind, detail }: OrderFact, currency: string): string {
  const [what = '', subject = ''] = kind.split(':')
  const amount = typeof detail.amount === 'number' ? formatMoney(detail.amount, currency) : ''
  const because = typeof detail.reason === 'string' ? ` (${detail.reason.replaceAll('_', ' ')})` : ''
  const reasons = Array.isArray(detail.reasons) ? detail.reasons.join('; ') : ''
  const fields = Array.isArray(detail.fields) ? detail.fields.join('; ') : ''
  const sentences: Record<string, string> = {
    pending: 'The payment is on its way.',
    paid: 'Paid.',
    failed: 'The payment failed.',
    captured: `Of the authorised payment ${amount} were captured.`,
    review: `Held for review: ${reasons}.`,
    accepted: `Accepted by ${typeof detail.by === 'string' ? detail.by : 'a person'}.`,
    fulfilled: 'Fulfilled.',
    method_saved: `The buyer agreed to keep the payment method ${subject}.`,
    unanswered: `Came without an answer to: ${fields}.`,
    refunded: `${amount} refunded.`,
    refund_failed: `A refund of ${amount} did not go through; the money is back.`,
    dispute_opened: `The buyer disputes ${amount}${because}.`,
    dispute_won: `A dispute about ${amount} was won.`,
    dispute_lost: `A dispute about ${amount} was lost.`,
    dispute: `A dispute about ${amount} now is: ${subject.replaceAll('_', ' ')}.`,
    subscription: `The subscription is ${subject.replaceAll('_', ' ')}.`,
    renewed: `Renewed for ${amount}.`,
    renewal_failed: `A renewal of ${amount} could not be collected.`,
  }
  return sentences[what] ?? kind
}

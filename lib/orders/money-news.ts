import type { Writer } from '@/db/client'
import { emitEvent } from '@/lib/events/emit'
import { disputeMeaning } from './disputes'
import { addFact, type Source } from './facts'
import type { Order } from './orders'
import type { MoneyReading } from './read-money'
import { orderResource } from './resource'
import type { DisputeRow, InvoiceRow, RefundRow } from './write-money'

type News = {
  before: Order
  order: Order
  refunded: RefundRow[]
  disputed: DisputeRow[]
  renewed: InvoiceRow[]
  reading: MoneyReading
  source: Source
}

/** Adds what is new to the order's story and to the outbox: each fact once, whoever finds it and how often. */
export async function tellMoney(tx: Writer, news: News): Promise<void> {
  for (const refund of news.refunded) await tellRefund(tx, news, refund)
  for (const dispute of news.disputed) await tellDispute(tx, news, dispute)
  for (const invoice of news.renewed) await tellInvoice(tx, news, invoice)
  const { before, order, source } = news
  if (order.subscriptionStatus !== before.subscriptionStatus) {
    // A subscription may come back to a state it had before.
    const kind = `subscription:${order.subscriptionStatus}:${order.moneyVersion}`
    await addFact(tx, order.id, kind, source, {})
  }
}

async function tellRefund(tx: Writer, { order, reading, source }: News, refund: RefundRow): Promise<void> {
  const gone = refund.status === 'failed' || refund.status === 'canceled'
  const kind = gone ? 'refund_failed' : 'refunded'
  const isNew = await addFact(tx, order.id, `${kind}:${refund.id}`, source, { amount: refund.amount })
  if (!isNew) return
  const object = orderResource(order)
  await emitEvent(tx, { type: 'order.refunded', factKey: `order.${kind}:${refund.id}`, object })
  const { charge } = reading.payments.find(({ refunds }) => refunds.some(({ id }) => id === refund.id)) ?? {}
  if (gone || !charge) return
  await emitEvent(tx, {
    type: 'charge.refunded',
    factKey: `charge.refunded:${refund.id}`,
    object: {
      ...charge,
      order: order.id,
      payment_link: order.linkId,
      client_reference_id: order.clientReferenceId,
      tracking: object.tracking,
    },
  })
}

async function tellDispute(tx: Writer, { order, source }: News, dispute: DisputeRow): Promise<void> {
  const state = disputeMeaning(dispute.status).state
  // A status that is not known is named; one that ends an inquiry is told by its own name too.
  const kind = state === null || state === 'unknown' ? `dispute:${dispute.status}` : `dispute_${state}`
  const { amount, status, reason } = dispute
  const isNew = await addFact(tx, order.id, `${kind}:${dispute.id}`, source, { amount, status, reason })
  if (!isNew) return
  await emitEvent(tx, {
    type: 'order.disputed',
    factKey: `order.${kind}:${dispute.id}`,
    object: {
      ...orderResource(order),
      dispute: { id: dispute.id, amount, status, reason, payment_intent: dispute.paymentIntentId },
    },
  })
}

async function tellInvoice(tx: Writer, { order, source }: News, invoice: InvoiceRow): Promise<void> {
  const { id, status, billingReason, amountPaid, amountDue, attempts } = invoice
  if (billingReason === 'subscription_create') return
  if (status === 'paid') await addFact(tx, order.id, `renewed:${id}`, source, { amount: amountPaid })
  else if (attempts > 0) {
    await addFact(tx, order.id, `renewal_failed:${id}:${attempts}`, source, { amount: amountDue, attempts })
  }
}

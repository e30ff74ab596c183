import { eq, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { disputes, orderInvoices, refunds } from '@/db/money-schema'
import { orders } from '@/db/schema'
import { amountWithheld, disputeStateOf } from './disputes'
import type { Source } from './facts'
import { tellMoney } from './money-news'
import { amountRefunded, amountRenewed } from './net'
import type { Order } from './orders'
import { type MoneyReading, readMoney, type Scope } from './read-money'
import { writeDisputes, writeInvoices, writeRefunds } from './write-money'

const maximumReadings = 10

/**
 * Brings refunds, disputes and renewals of an order to what Stripe says of them now, and tells what is new. Safe
 * to call any number of times, concurrently, in any order: a reading is written only over the state that was
 * there when it began, so an older one never over a newer.
 *
 * @throws AppError `stripe_unavailable`
 */
export async function followMoney(orderId: string, source: Source, scope: Scope): Promise<Order> {
  for (let count = 0; count < maximumReadings; count++) {
    const [before] = await db().select().from(orders).where(eq(orders.id, orderId))
    if (!before) throw new Error(`there is no order ${orderId}`)
    const reading = await readMoney(before, scope)
    const written = await db().transaction(async (tx) => {
      const [now] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
      return now?.moneyVersion === before.moneyVersion ? write(tx, now, reading, source) : null
    })
    if (written) return written
  }
  throw new Error(`the money of order ${orderId} keeps changing`)
}

async function write(tx: Writer, order: Order, reading: MoneyReading, source: Source): Promise<Order> {
  const refunded = await writeRefunds(tx, order.id, reading)
  const disputed = await writeDisputes(tx, order.id, reading)
  const renewed = await writeInvoices(tx, order.id, reading)
  const status = reading.subscription?.status ?? order.subscriptionStatus
  const changed =
    refunded.length + disputed.length + renewed.length > 0 || status !== order.subscriptionStatus
  if (!changed) return order
  const after = await sumUp(tx, order, status)
  await tellMoney(tx, { before: order, order: after, refunded, disputed, renewed, reading, source })
  return after
}

/** Sums are made of all rows of the order, not of what has just been read. */
async function sumUp(tx: Writer, order: Order, subscriptionStatus: string | null): Promise<Order> {
  const allRefunds = await tx.select().from(refunds).where(eq(refunds.orderId, order.id))
  const allDisputes = await tx.select().from(disputes).where(eq(disputes.orderId, order.id))
  const invoices = await tx.select().from(orderInvoices).where(eq(orderInvoices.orderId, order.id))
  const renewed = amountRenewed(invoices)
  const [after] = await tx
    .update(orders)
    .set({
      amountRenewed: renewed,
      amountRefunded: Math.min(amountRefunded(allRefunds), order.amountTotal + renewed),
      amountDisputed: amountWithheld(allDisputes),
      disputeState: disputeStateOf(allDisputes.map(({ status }) => status)),
      subscriptionStatus,
      moneyVersion: sql`${orders.moneyVersion} + 1`,
      updatedAt: sql`now()`,
    })
    .where(eq(orders.id, order.id))
    .returning()
  return after as Order
}

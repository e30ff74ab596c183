import type { Order } from './orders'

type Money = Pick<Order, 'status' | 'amountTotal' | 'amountRenewed' | 'amountRefunded' | 'amountDisputed'>

/** Everything that was ever paid for an order, in minor units. Money owed or held for review is none. */
export function paidAmount({
  status,
  amountTotal,
  amountRenewed,
}: Omit<Money, 'amountRefunded' | 'amountDisputed'>) {
  return status === 'paid' ? amountTotal + amountRenewed : 0
}

/**
 * What an order has brought in, in minor units: the one place that says so. Negative where a buyer was given
 * back money and disputed the payment as well.
 */
export function netAmount(order: Money): number {
  return order.status === 'paid' ? paidAmount(order) - order.amountRefunded - order.amountDisputed : 0
}

/** What became of the checkout's own payment, in minor units; renewals are payments of their own. */
export type CheckoutMoney = { refunded: number; disputed: number }

/**
 * What can still be given back of the payment made in the checkout, in minor units. Renewals are refunded at
 * Stripe; while money is disputed Stripe refunds nothing.
 */
export function refundable(
  { status, amountTotal }: Pick<Money, 'status' | 'amountTotal'>,
  { refunded, disputed }: CheckoutMoney,
): number {
  if (disputed > 0 || (status !== 'paid' && status !== 'review')) return 0
  return Math.max(0, amountTotal - refunded)
}

/** Refunds that gave something back: Stripe takes failed and cancelled ones out of the charge again. */
export function amountRefunded(refunds: { amount: number; status: string }[]): number {
  const effective = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled')
  return effective.reduce((sum, { amount }) => sum + amount, 0)
}

/** Renewals that were paid; the first invoice was paid in the checkout and is in the order's total. */
export function amountRenewed(
  invoices: { status: string; billingReason: string | null; amountPaid: number }[],
): number {
  const renewals = invoices.filter(
    ({ status, billingReason }) => status === 'paid' && billingReason !== 'subscription_create',
  )
  return renewals.reduce((sum, { amountPaid }) => sum + amountPaid, 0)
}

/** What of an order's tax was part of its prices, in minor units; the rest came on top of them. */
export function includedTax(
  order: Pick<Order, 'amountSubtotal' | 'amountDiscount' | 'amountShipping' | 'amountTax' | 'amountTotal'>,
): number {
  const before = order.amountSubtotal - order.amountDiscount + order.amountShipping
  return Math.max(0, order.amountTax - Math.max(0, order.amountTotal - before))
}

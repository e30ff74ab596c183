import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { placeRefunds } from '@/db/limits-schema'
import { checkoutSessions, orders, paymentLinks, paymentLinkVersions } from '@/db/schema'
import type { AnsweredField, BrandingSettings, OrderItem, PaymentMethodSummary } from '@/db/types'
import { getMerchant, type Merchant } from '@/lib/accounts/merchant'
import { env } from '@/lib/env'
import { checkoutMoney } from './checkout-money'
import { includedTax } from './net'
import type { Order } from './orders'
import { presentmentOf } from './resource'
import type { OrderStatus } from './status'

export type Receipt = {
  number: string
  status: OrderStatus
  livemode: boolean
  merchant: Merchant
  branding: BrandingSettings | null
  slug: string
  items: OrderItem[]
  currency: string
  amount_subtotal: number
  amount_discount: number
  amount_shipping: number
  amount_tax: number
  /** What of the tax was part of the prices. */
  amount_tax_included: number
  amount_total: number
  /** What was paid in the buyer's own currency; null where it was the order's. */
  paid_in: { amount: number; currency: string } | null
  /** Given back of it; what was given back of renewals is not. */
  amount_refunded: number
  /** Masked unless the asking browser is the one that paid. */
  customer_email: string | null
  /** Told to the browser that paid; empty for others. */
  answers: AnsweredField[]
  payment_method: PaymentMethodSummary | null
  custom_message: string | null
  /** Stripe's page of the invoice; told only to the browser that paid. */
  invoice_url: string | null
  /** Set where the last place was gone when the money came, and it goes back. */
  no_place: 'refunding' | 'refunded' | null
  created_at: string
}

/**
 * What a buyer may read of an order. The token in the address opens it; who paid is told only to the browser
 * that did, because addresses are shared, logged and sent on.
 * @param buyerHash hash of the asking browser's buyer cookie
 */
export async function findReceipt(token: string, buyerHash: string | null): Promise<Receipt | null> {
  const [row] = await db()
    .select({
      order: orders,
      buyerHash: checkoutSessions.buyerHash,
      slug: paymentLinks.slug,
      config: paymentLinkVersions.config,
      refund: placeRefunds.state,
    })
    .from(orders)
    .innerJoin(checkoutSessions, eq(checkoutSessions.id, orders.checkoutSessionId))
    .innerJoin(paymentLinks, eq(paymentLinks.id, orders.linkId))
    .innerJoin(
      paymentLinkVersions,
      and(eq(paymentLinkVersions.linkId, orders.linkId), eq(paymentLinkVersions.version, orders.linkVersion)),
    )
    .leftJoin(placeRefunds, eq(placeRefunds.orderId, orders.id))
    .where(and(eq(orders.receiptToken, token), eq(orders.livemode, env().stripe.livemode)))
  if (!row) return null
  const { order, config } = row
  const isBuyer = row.buyerHash === buyerHash
  const after = config.after_completion
  return {
    number: order.number,
    status: order.status,
    livemode: order.livemode,
    merchant: await getMerchant(),
    branding: config.branding_settings,
    slug: row.slug,
    items: order.items,
    currency: order.currency,
    amount_subtotal: order.amountSubtotal,
    amount_discount: order.amountDiscount,
    amount_shipping: order.amountShipping,
    amount_tax: order.amountTax,
    amount_tax_included: includedTax(order),
    amount_total: order.amountTotal,
    paid_in: paidIn(order),
    amount_refunded: Math.min((await checkoutMoney(db(), order)).refunded, order.amountTotal),
    customer_email: isBuyer ? order.customerEmail : maskEmail(order.customerEmail),
    answers: isBuyer ? order.customFields : [],
    payment_method: order.paymentMethod,
    custom_message: after.type === 'hosted_confirmation' ? after.hosted_confirmation.custom_message : null,
    invoice_url: isBuyer ? order.invoiceUrl : null,
    no_place: row.refund === 'pending' ? 'refunding' : row.refund === 'done' ? 'refunded' : null,
    created_at: order.createdAt.toISOString(),
  }
}

function paidIn(order: Order): Receipt['paid_in'] {
  const shown = presentmentOf(order)
  return shown && { amount: shown.presentment_amount, currency: shown.presentment_currency }
}

/** `jenny@example.com` → `j•••@e•••`: enough to recognise one's own, too little to write to. */
export function maskEmail(email: string | null): string | null {
  if (!email) return null
  const [name = '', domain = ''] = email.split('@')
  return `${[...name][0] ?? ''}•••@${[...domain][0] ?? ''}•••`
}

import type Stripe from 'stripe'
import type { ChargeSnapshot } from '@/db/types'
import { idOf } from './resource'
import { itemOf } from './snapshot'

/**
 * Checks what came off and on between subtotal and total: a discount only where codes or a discount belong to the
 * link, shipping only one of the rates offered at its amount, tax only where Stripe reckons it.
 * @param found takes what differs, in words for the merchant
 * @returns by how much the total differs from the subtotal, in minor units
 */
export function compareExtras(
  snapshot: ChargeSnapshot,
  session: Stripe.Checkout.Session,
  lines: Stripe.LineItem[],
  found: string[],
): number {
  const discount = compareDiscount(snapshot, session, found)
  const shipping = compareShipping(snapshot, session, found)
  return shipping - discount + compareTax(snapshot, session, lines, found)
}

function compareDiscount(
  { discount }: ChargeSnapshot,
  session: Stripe.Checkout.Session,
  found: string[],
): number {
  const amount = session.total_details?.amount_discount ?? 0
  if (amount === 0) return 0
  if (!discount) found.push(`discount is ${amount} instead of 0`)
  else if (amount < 0) found.push(`discount is ${amount}`)
  else if (!(session.discounts ?? []).every((one) => isAllowed(discount, one))) {
    found.push('the discount is not one of this link')
  }
  return amount
}

function isAllowed(
  allowed: NonNullable<ChargeSnapshot['discount']>,
  { coupon, promotion_code: code }: Stripe.Checkout.Session.Discount,
): boolean {
  if (allowed === 'codes') return code !== null
  if ('coupon' in allowed) return idOf(coupon) === allowed.coupon
  return idOf(code) === allowed.promotion_code
}

function compareShipping(
  { shipping = [] }: ChargeSnapshot,
  session: Stripe.Checkout.Session,
  found: string[],
): number {
  const amount = session.total_details?.amount_shipping ?? 0
  const rate = idOf(session.shipping_cost?.shipping_rate)
  const offered = shipping.find((one) => one.shipping_rate === rate)
  if (offered && offered.amount !== amount) found.push(`shipping is ${amount} instead of ${offered.amount}`)
  if (!offered && shipping.length > 0) found.push(`shipping ${rate ?? 'rate'} was not offered`)
  if (shipping.length === 0 && amount !== 0) found.push(`shipping is ${amount} instead of 0`)
  return amount
}

/** Tax that is part of a price changes no total; what comes on top does, and is never more than the tax. */
function compareTax(
  snapshot: ChargeSnapshot,
  session: Stripe.Checkout.Session,
  lines: Stripe.LineItem[],
  found: string[],
): number {
  const tax = session.total_details?.amount_tax ?? 0
  const due = lines.filter((line) => !itemOf(snapshot, line)?.trial)
  const onTop = [...due, ...(session.shipping_cost ? [session.shipping_cost] : [])].reduce((sum, part) => {
    const off = 'amount_discount' in part ? part.amount_discount : 0
    return sum + part.amount_total - part.amount_subtotal + off
  }, 0)
  if (tax !== 0 && !snapshot.automatic_tax) found.push(`tax is ${tax} instead of 0`)
  else if (onTop < 0 || onTop > tax) found.push(`${onTop} came on top of the prices, of which ${tax} is tax`)
  return onTop
}

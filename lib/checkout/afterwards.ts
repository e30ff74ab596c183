import { and, eq, isNull } from 'drizzle-orm'
import type Stripe from 'stripe'
import type { Writer } from '@/db/client'
import { merchant, orders } from '@/db/schema'
import type { Saving } from '@/lib/links/saving'
import { addFact, type Source } from '@/lib/orders/facts'
import { consentText } from './consent-text'
import type { CheckoutSession } from './open'
import type { StripeSession } from './read'
import { idOf } from './resource'

/** What a buyer agreed to when a way to pay was kept. */
type Consent = {
  customer: string
  payment_method: string
  agreed: Saving[]
}

/**
 * Writes down what a completed session leaves behind besides its money: the invoice, and the buyer's consent to keep
 * a way to pay. In the caller's transaction; each once.
 */
export async function noteAftermath(
  tx: Writer,
  orderId: string,
  row: CheckoutSession,
  { session }: StripeSession,
  source: Source,
): Promise<void> {
  const invoice = session.invoice
  if (invoice && typeof invoice === 'object' && invoice.hosted_invoice_url) {
    await tx
      .update(orders)
      .set({ invoiceUrl: invoice.hosted_invoice_url })
      .where(and(eq(orders.id, orderId), isNull(orders.invoiceUrl)))
  }
  const consent = consentOf(session)
  if (!consent) return
  const [seller] = await tx.select({ name: merchant.name }).from(merchant).limit(1)
  await addFact(tx, orderId, `method_saved:${consent.payment_method}`, source, {
    ...consent,
    text: await consentText(consent.agreed, row.locale, seller?.name ?? ''),
    link_version: row.linkVersion,
    locale: row.locale,
  })
}

/** Null where nothing was kept: only a method that belongs to the session's customer was. */
export function consentOf(session: Stripe.Checkout.Session): Consent | null {
  const method = usedMethod(session)
  const customer = idOf(session.customer)
  if (!method || !customer || idOf(method.customer) !== customer) return null
  const isBoxed =
    session.saved_payment_method_options?.payment_method_save === 'enabled' &&
    method.allow_redisplay === 'always'
  const intent = session.mode === 'payment' ? session.payment_intent : null
  const usage = intent && typeof intent === 'object' ? intent.setup_future_usage : null
  const agreed: Saving[] = [...(isBoxed ? (['box'] as const) : []), ...(isUsage(usage) ? [usage] : [])]
  return agreed.length > 0 ? { customer, payment_method: method.id, agreed } : null
}

/** The method a session was paid with, or is to be renewed with. */
export function usedMethod(session: Stripe.Checkout.Session): Stripe.PaymentMethod | null {
  const { payment_intent: intent, subscription } = session
  const used =
    (intent && typeof intent === 'object' && intent.payment_method) ||
    (subscription && typeof subscription === 'object' && subscription.default_payment_method)
  return used && typeof used === 'object' ? used : null
}

/** Stripe's type leaves room for usages to come, of which the page has said nothing. */
const isUsage = (usage: string | null): usage is 'on_session' | 'off_session' =>
  usage === 'on_session' || usage === 'off_session'

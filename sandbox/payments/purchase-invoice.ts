import type { World } from '../world'
import { invoiceContent, invoiceTaxes } from './invoice-lines'
import { newInvoice } from './invoice-object'
import { addPayment, payInvoice } from './invoices'
import type { Session } from './session'

/** The paid invoice of a purchase, where the session asks for one (`invoice_creation`); once for each session. */
export function purchaseInvoice(world: World, session: Session): Pick<Session, 'invoice'> {
  const { enabled = false, invoice_data: data } = session.invoice_creation ?? {}
  if (!enabled || session.invoice !== null) return { invoice: session.invoice }
  const { line_items: lines, payment_intent: intent } = world.store.need('session_state', session.id)
  const { email = null, name = null, address = null, phone = null, tax_ids } = session.customer_details ?? {}
  const { shipping_cost: shipping } = session
  const total = session.amount_total ?? 0
  const invoice = newInvoice(world, session.customer as string | null, session.currency ?? 'usd', (id) => ({
    ...invoiceContent(id, lines, [], null, world.clock.seconds()),
    amount_due: total,
    amount_remaining: total,
    amount_shipping: shipping?.amount_subtotal ?? 0,
    billing_reason: 'manual',
    custom_fields: data?.custom_fields ?? null,
    customer_address: address,
    customer_email: email,
    customer_name: name,
    customer_phone: phone,
    customer_tax_ids: tax_ids ?? [],
    description: data?.description ?? null,
    footer: data?.footer ?? null,
    metadata: data?.metadata ?? {},
    shipping_cost: shipping && { ...shipping, taxes: shipping.taxes ?? [] },
    total,
    total_taxes: invoiceTaxes(session.total_details?.breakdown?.taxes),
    total_excluding_tax: total - (session.total_details?.amount_tax ?? 0),
  }))
  if (intent !== null) addPayment(world, invoice, intent)
  return { invoice: payInvoice(world, invoice.id).id }
}

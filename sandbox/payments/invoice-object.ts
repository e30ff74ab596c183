import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { accountCountry } from './countries'

type Invoice = Records['invoice']

/** Stores an open invoice for a customer, numbered in their sequence; `fill` says what stands in it. */
export function newInvoice(
  world: World,
  customerId: string | null,
  currency: string,
  fill: (id: string) => Partial<Invoice>,
): Invoice {
  const id = newId('in_')
  const now = world.clock.seconds()
  const customer = customerId === null ? undefined : world.store.get('customer', customerId)
  const sequence = customer?.next_invoice_sequence ?? 1
  if (customer) world.store.patch('customer', customer.id, { next_invoice_sequence: sequence + 1 })
  const change = fill(id)
  return world.store.put('invoice', {
    id,
    object: 'invoice',
    account_country: accountCountry,
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    automatic_tax: {
      enabled: false,
      disabled_reason: null,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: null,
    billing_reason: null,
    collection_method: 'charge_automatically',
    created: now,
    currency,
    custom_fields: null,
    customer: customer?.id ?? null,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: `${world.origin()}/i/${id}`,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: customer ? `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}` : null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
    ...change,
  })
}

import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { subscriptionOfInvoice } from '@/lib/checkout/subscription-of'

const invoice = (fields: object) => fields as Stripe.Invoice
const since = (subscription: unknown) => ({ parent: { subscription_details: { subscription } } })

// Mutant: an endpoint pinned to an API version before Basil tells renewals that nobody finds.
test.each([
  ['since Basil', since('sub_1'), 'sub_1'],
  ['since Basil, expanded', since({ id: 'sub_1' }), 'sub_1'],
  ['before Basil', { subscription: 'sub_1' }, 'sub_1'],
  ['before Basil, expanded', { subscription: { id: 'sub_1' } }, 'sub_1'],
  ['of a purchase', { parent: null }, null],
  ['of a purchase before Basil', { subscription: null }, null],
])('the subscription of an invoice %s', (_what, fields, id) => {
  expect(subscriptionOfInvoice(invoice(fields))).toBe(id)
})

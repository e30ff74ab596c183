import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { makeLink } from '../support/made-link'

const stack = sharedStack()
const { sandbox, sql } = stack

// Mutant: the invoice, which names the buyer, is shown to whoever has the receipt's address.
test('an invoice is linked on the receipt of the browser that paid, and nowhere else', async () => {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open('quiet-machine')
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  await buyer.comeBack('quiet-machine', id)
  const url = 'https://invoice.stripe.example/i/acct_1/test_1'
  const [order] = await sql`
    update orders set invoice_url = ${url} where stripe_session_id = ${id} returning receipt_token`
  const receipt = `/receipt/${order?.receipt_token}`
  expect(await (await buyer.fetch(receipt)).text()).toContain(url)
  expect(await (await new Buyer(stack).fetch(receipt)).text()).not.toContain(url)
})

test('a receipt goes to an address that was known from the start, and to nobody a buyer may still name', async () => {
  const receiptOf = async (search: string) => {
    const { id } = await new Buyer(stack).open('quiet-machine', search)
    await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    const { payment_intent: intent } = await sandbox.stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent'],
    })
    return (intent as Stripe.PaymentIntent).receipt_email
  }
  expect(await receiptOf('?locked_prefilled_email=jenny%40example.com')).toBe('jenny@example.com')
  expect(await receiptOf('?prefilled_email=other%40example.com')).toBeNull()
})

test('a link’s invoice settings reach Stripe, and the invoice is on the receipt', async () => {
  const footer = 'Thank you for reading.'
  const link = await makeLink(stack, {
    invoice_creation: {
      enabled: true,
      invoice_data: {
        description: 'Books',
        footer,
        custom_fields: [{ name: 'PO', value: '7' }],
        metadata: {},
      },
    },
  })
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(link.slug)
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  await buyer.comeBack(link.slug, id)
  const session = await sandbox.stripe.checkout.sessions.retrieve(id, { expand: ['invoice'] })
  const invoice = session.invoice as Stripe.Invoice
  expect(invoice).toMatchObject({
    description: 'Books',
    footer,
    amount_paid: 2800,
    custom_fields: [{ name: 'PO', value: '7' }],
  })
  const [order] = await sql`select receipt_token, invoice_url from orders where stripe_session_id = ${id}`
  expect(order?.invoice_url).toBe(invoice.hosted_invoice_url)
  expect(await (await buyer.fetch(`/receipt/${order?.receipt_token}`)).text()).toContain(order?.invoice_url)
  expect((await fetch(order?.invoice_url)).status).toBe(200)
})

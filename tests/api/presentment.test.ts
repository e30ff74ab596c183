import { expect, test } from 'vitest'
import { settleCheckout } from '@/lib/checkout/settle'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'
import { makeLink } from '../support/made-link'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

/** Somebody in Japan who pays what the page shows them. */
async function paidFromAfar(adaptive: boolean) {
  const { slug } = await makeLink(stack, { adaptive_pricing: { enabled: adaptive } })
  const buyer = new Buyer(stack)
  const from = encodeURIComponent('jenny+location_JP@example.com')
  const { id, clientSecret } = await buyer.open(slug, `?locked_prefilled_email=${from}`)
  await fetch(`${sandbox.url}/_js/checkout_sessions/${id}/update`, {
    method: 'POST',
    body: JSON.stringify({ client_secret: clientSecret, key: stack.publishableKey, adaptive_pricing: true }),
  })
  await sandbox.pay(id, { payment_method: 'card' })
  const settled = await settleCheckout(id, 'return')
  if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
  const [event] = await sql`select data from events where fact_key = ${`order.fulfilled:${settled.order.id}`}`
  const receipt = await buyer.fetch(`/receipt/${settled.order.receiptToken}`)
  return { order: settled.order, told: event?.data, html: await receipt.text() }
}

// Mutants: the converted amount is not kept; it takes the place of the seller's own.
test('a buyer who paid in their own currency reads that, and the seller what they get', async () => {
  const { order, told, html } = await paidFromAfar(true)
  expect(order).toMatchObject({ status: 'paid', currency: 'eur', amountTotal: 2800 })
  const presentment_details = { presentment_amount: 4480, presentment_currency: 'jpy' }
  expect(told).toMatchObject({ object: { amount_total: 2800, currency: 'eur', presentment_details } })
  expect(html).toMatch(/Total<\/dt><dd[^>]*>.*?€28\.00.*?Paid.*?¥4,480/s)
})

test('a buyer who paid the seller’s currency reads nothing of another', async () => {
  const { order, told, html } = await paidFromAfar(false)
  expect(order).toMatchObject({ presentmentAmount: null, presentmentCurrency: null })
  expect(told).toMatchObject({ object: { presentment_details: null } })
  expect(html).not.toContain('¥')
})

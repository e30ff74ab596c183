import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleCheckout } from '@/lib/checkout/settle'
import { followMoney } from '@/lib/orders/follow-money'
import { findOrder } from '@/lib/orders/order-details'
import { refundOrder } from '@/lib/orders/refund-order'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

beforeAll(() => sandbox.webhooks({ action: 'drop' }))
afterAll(async () => {
  await sandbox.clearFaults()
  await sandbox.clearWebhooks()
})

async function sell(slug = 'quiet-machine') {
  const { id } = await new Buyer(stack).open(slug)
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const settled = await settleCheckout(id, 'webhook')
  if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
  return settled.order
}

async function refundsAtStripe(payment: string | null) {
  const { data } = await sandbox.stripe.refunds.list({ payment_intent: payment ?? '' })
  return data.map(({ amount }) => amount)
}

async function told(order: string) {
  const rows = await sql`
    select type from events where data->'object'->>'id' = ${order} or data->'object'->>'order' = ${order}
    order by type`
  return rows.map(({ type }) => type)
}

describe('a refund', () => {
  test('of a part is written down and told at once', async () => {
    const order = await sell()
    const after = await refundOrder(order.id, 1000)
    expect(after).toMatchObject({ amountRefunded: 1000, status: 'paid' })
    expect(await refundsAtStripe(order.paymentIntentId)).toEqual([1000])
    expect(await told(order.id)).toEqual(['charge.refunded', 'order.fulfilled', 'order.refunded'])
    expect(await findOrder(order.id)).toMatchObject({
      net: order.amountTotal - 1000,
      refundable: order.amountTotal - 1000,
    })
  })

  // Mutant: a key of its own for every call instead of one committed for what was asked of this state.
  test('pressed eight times on the same page is one refund', async () => {
    const order = await sell()
    await Promise.all(Array.from({ length: 8 }, () => refundOrder(order.id, 700, order.moneyVersion)))
    expect(await refundsAtStripe(order.paymentIntentId)).toEqual([700])
    const again = await refundOrder(order.id, 700, order.moneyVersion)
    expect(again.amountRefunded).toBe(700)
  })

  test('of another amount on a page that is no longer true is refused', async () => {
    const order = await sell()
    await refundOrder(order.id, 700, order.moneyVersion)
    await expect(refundOrder(order.id, 800, order.moneyVersion)).rejects.toMatchObject({ code: 'conflict' })
    expect(await refundsAtStripe(order.paymentIntentId)).toEqual([700])
  })

  test('of all that is left follows one of a part, and nothing follows that', async () => {
    const order = await sell()
    await refundOrder(order.id, 700)
    const after = await refundOrder(order.id)
    expect(after.amountRefunded).toBe(order.amountTotal)
    await expect(refundOrder(order.id)).rejects.toMatchObject({ code: 'invalid_request', param: 'amount' })
  })

  // Mutant: the receipt goes on thanking for money that went back.
  test('is told on the buyer’s receipt: a part in a row, all of it in the heading', async () => {
    const order = await sell()
    const receipt = async () => {
      const html = await (await fetch(`${stack.baseUrl}/receipt/${order.receiptToken}`)).text()
      return html.replaceAll(/<script[\s\S]*?<\/script>/g, '').replaceAll(/<[^>]*>/g, '')
    }
    expect(await receipt()).not.toContain('Refunded')
    await refundOrder(order.id, 1000)
    expect(await receipt()).toMatch(/Thank you\. Your payment arrived\.[\s\S]*Refunded\s*[-−]\s*€10\.00/)
    await refundOrder(order.id)
    expect(await receipt()).toMatch(/This order was refunded\.[\s\S]*Refunded\s*[-−]\s*€28\.00/)
  })

  test.each([0, -1, 1.5, 10_000_000])('of %s is refused before Stripe is asked', async (amount) => {
    const order = await sell()
    await expect(refundOrder(order.id, amount)).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'amount',
    })
    expect(await refundsAtStripe(order.paymentIntentId)).toEqual([])
  })

  test.each(['reset', 'cut', '503'])('is made once when the answer is lost: %s', async (kind) => {
    const order = await sell()
    await sandbox.addFault({ operation: 'refunds.create', kind, position: 'after', seconds: 1 })
    await refundOrder(order.id, 1000).catch(() => refundOrder(order.id, 1000, order.moneyVersion))
    expect(await refundsAtStripe(order.paymentIntentId)).toEqual([1000])
    expect((await findOrder(order.id))?.amountRefunded).toBe(1000)
  })

  test('that the bank sends back counts no longer', async () => {
    const order = await sell()
    await refundOrder(order.id, 1000)
    const { data } = await sandbox.stripe.refunds.list({ payment_intent: order.paymentIntentId ?? '' })
    await fetch(`${sandbox.url}/_sandbox/refunds/${data[0]?.id}/fail`, { method: 'POST', body: '{}' })
    const after = await followMoney(order.id, 'webhook', 'all')
    expect(after.amountRefunded).toBe(0)
    expect((await findOrder(order.id))?.facts.map(({ kind }) => kind.split(':')[0])).toContain(
      'refund_failed',
    )
  })

  test('of disputed money is refused, and so is one Stripe does not grant', async () => {
    const order = await sell()
    const dispute = () =>
      fetch(`${sandbox.url}/_sandbox/payment_intents/${order.paymentIntentId}/dispute`, {
        method: 'POST',
        body: '{}',
      })
    expect((await dispute()).status).toBe(200)
    // Nobody has told us yet: Stripe itself refuses.
    await expect(refundOrder(order.id, 500)).rejects.toMatchObject({ code: 'conflict' })
    await followMoney(order.id, 'webhook', 'all')
    expect(await findOrder(order.id)).toMatchObject({ disputeState: 'opened', net: 0, refundable: 0 })
    await expect(refundOrder(order.id, 500)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

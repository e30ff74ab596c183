import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleCheckout } from '@/lib/checkout/settle'
import { refundOrder } from '@/lib/orders/refund-order'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'
import { linkLike } from '../support/link-like'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

const landing = 'https://shop.example/thanks'
let link: { slug: string }

beforeAll(async () => {
  await sandbox.webhooks({ action: 'drop' })
  await sandbox.debits({ succeed_after: 1_000_000, delayed_after: 1_000_000 })
  link = await linkLike(stack, 'quiet-machine', {
    after_completion: { type: 'redirect', redirect: { url: landing } },
  })
})
afterAll(async () => {
  await sandbox.debits({})
  await sandbox.clearWebhooks()
})

async function buy(method: 'card' | 'sepa_debit' = 'card') {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(link.slug)
  await sandbox.pay(id, { payment_method: method, email: 'jenny@example.com' })
  return { buyer, id }
}

/** Where a browser is sent that comes back with a session. */
async function sentTo(browser: Buyer, id: string): Promise<'landing page' | 'receipt' | string> {
  const to = new URL((await browser.comeBack(link.slug, id)).headers.get('location') ?? '')
  if (to.pathname.startsWith('/receipt/')) return 'receipt'
  if (to.href.startsWith(landing)) return `landing page, ${to.searchParams.get('status')}`
  return to.href
}

const minutesPass = (id: string, minutes: number) => sql`
  update checkout_sessions set completed_at = completed_at - make_interval(mins => ${minutes})
  where stripe_session_id = ${id}`

describe('the signed address of the landing page', () => {
  // Mutant: anybody who finds an old address is handed a fresh signature that says paid.
  test('is for the browser that paid, for any other only right after the payment', async () => {
    const { buyer, id } = await buy()
    expect(await sentTo(new Buyer(stack), id)).toBe('landing page, paid')
    await minutesPass(id, 9)
    expect(await sentTo(new Buyer(stack), id)).toBe('landing page, paid')
    await minutesPass(id, 2)
    expect(await sentTo(new Buyer(stack), id)).toBe('receipt')
    expect(await sentTo(buyer, id)).toBe('landing page, paid')
  })

  // Mutant: money that went back is still signed as paid.
  test('is for nobody once all the money went back', async () => {
    const { buyer, id } = await buy()
    const settled = await settleCheckout(id, 'webhook')
    if (settled.outcome !== 'settled') throw new Error(`${id} was not settled`)
    await refundOrder(settled.order.id, 100)
    expect(await sentTo(buyer, id)).toBe('landing page, paid')
    await refundOrder(settled.order.id)
    expect(await sentTo(buyer, id)).toBe('receipt')
  })

  test('leaves a debit that takes days to the receipt, from wherever its buyer comes back', async () => {
    const { buyer, id } = await buy('sepa_debit')
    expect(await sentTo(buyer, id)).toBe('landing page, processing')
    await minutesPass(id, 5 * 24 * 60)
    expect(await sentTo(new Buyer(stack), id)).toBe('receipt')
    const { payment_intent: intent } = await sandbox.stripe.checkout.sessions.retrieve(id)
    await sandbox.settleDebit(intent as string, 'succeed')
    expect(await sentTo(new Buyer(stack), id)).toBe('receipt')
    expect(await sentTo(buyer, id)).toBe('landing page, paid')
  })
})

// Mutant: whoever loads the address of a paid order again and again spends our calls to Stripe.
test('Stripe is not asked about an order that is paid', async () => {
  const { buyer, id } = await buy()
  await sentTo(buyer, id)
  const asked = async () => {
    const { calls } = await sandbox.ledger<{ calls: object[] }>('calls')
    return calls.filter((call) => JSON.stringify(call).includes(id)).length
  }
  const before = await asked()
  for (let visit = 0; visit < 3; visit += 1) await sentTo(new Buyer(stack), id)
  expect(await asked()).toBe(before)
})

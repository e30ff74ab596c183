import type { Route } from '@playwright/test'
import { CheckoutPage, cards } from '../support/checkout-page'
import { limitedLink } from '../support/limited-link'
import { linkLike } from '../support/link-like'
import { editLink } from '../support/made-link'
import type { StackClient } from '../support/stack'
import { expect, test } from '../support/test'

/** Stripe's session of the only checkout opened on a link. */
async function sessionOn({ sql }: StackClient, link: { id: string }): Promise<string> {
  const [row] = await sql`select stripe_session_id as id from checkout_sessions where link_id = ${link.id}`
  return row?.id
}

test('a sale that is over says so', async ({ page, stack }) => {
  const link = await limitedLink(stack, { ends_at: Math.floor(Date.now() / 1000) - 60 })
  await page.goto(`/${link.slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No longer on sale')
  await expect(page.locator('iframe')).toHaveCount(0)
})

test.describe('a session that ended meanwhile', () => {
  test.use({ allowedErrors: /400 \(Bad Request\)/ })

  test('charges nothing, says so, and starts again with what was typed', async ({ page, stack }) => {
    const link = await linkLike(stack, 'quiet-machine', { phone_number_collection: { enabled: true } })
    const checkout = new CheckoutPage(page)
    await checkout.open(link.slug)
    await page.getByLabel('Phone number').fill('+49 30 1234567')
    await stack.sandbox.stripe.checkout.sessions.expire(await sessionOn(stack, link))
    await checkout.payWith(cards.good)
    await expect(checkout.problem).toContainText(/nothing (was|has been) charged/i)
    await expect(checkout.problem).toBeFocused()
    await page.getByRole('button', { name: 'Start again' }).click()
    await expect(page.getByLabel('Phone number')).toHaveValue('+49 30 1234567')
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
  })

  test('is renewed by itself when the buyer comes back to its tab', async ({ page, stack }) => {
    const link = await linkLike(stack, 'quiet-machine', {})
    const checkout = new CheckoutPage(page)
    await checkout.open(link.slug)
    await stack.sandbox.stripe.checkout.sessions.expire(await sessionOn(stack, link))
    await expect
      .poll(async () => (await stack.sql`select status from checkout_sessions where link_id = ${link.id}`)[0])
      .toEqual({ status: 'expired' })
    const renewed = page.waitForEvent('load')
    await page.evaluate(() => {
      const later = Date.now() + 3_600_000
      Date.now = () => later
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await renewed
    await expect(checkout.payButton).toBeVisible()
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
  })
})

test.describe('a second tab of a checkout that is paid', () => {
  test.use({ allowedErrors: /400 \(Bad Request\)/ })

  test('leads to the receipt and pays nothing', async ({ page, context, stack }) => {
    const link = await linkLike(stack, 'quiet-machine', {})
    const [first, second] = [new CheckoutPage(page), new CheckoutPage(await context.newPage())]
    await first.open(link.slug)
    await second.open(link.slug)
    await first.payWith(cards.good)
    await first.expectReceipt(/Thank you/)
    await second.payWith(cards.good)
    await second.expectReceipt(/Thank you/)
    const orders = await stack.sql`select amount_total from orders where link_id = ${link.id}`
    expect(orders).toEqual([{ amount_total: '2800' }])
  })
})

// Mutant: show the session of an edited link beside the old offer.
test('a link that is edited while its page opens is shown as it is now', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {})
  const editFirst = async (route: Route) => {
    await editLink(stack, link, { phone_number_collection: { enabled: true } })
    await route.continue()
  }
  await page.route(`**/${link.slug}/session`, editFirst, { times: 1 })
  await new CheckoutPage(page).open(link.slug)
  await expect(page.getByLabel('Phone number')).toBeVisible()
})

test('a payment that is not what was offered is told to be checked, never to be done again', async ({
  page,
  stack,
}) => {
  const link = await linkLike(stack, 'quiet-machine', {})
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await stack.sql`
    update checkout_sessions set snapshot = jsonb_set(snapshot, '{items,0,unit_amount}', '1')
    where link_id = ${link.id}`
  await checkout.payWith(cards.good)
  await checkout.expectReceipt('We received your payment and are checking it.')
  await expect(page.getByText('no need to pay again')).toBeVisible()
  // Nothing is promised before a person has looked.
  await expect(page.getByText('What happens next')).toHaveCount(0)
})

for (const [outcome, title] of [
  ['succeed', /Thank you/],
  ['fail', 'The payment failed.'],
] as const) {
  test(`a debit of many days says how long it takes, and the page tells when it ends: ${outcome}`, async ({
    page,
    stack,
  }) => {
    const link = await linkLike(stack, 'quiet-machine', {})
    const checkout = new CheckoutPage(page)
    await checkout.open(link.slug)
    await checkout.email.fill('e2e_generatedSepaDebitIntentsSucceedDelayed@example.com')
    await checkout.chooseMethod('SEPA direct debit')
    await checkout.fillIban('DE89370400440532013000', 'Jenny Rosen')
    await checkout.pay()
    await checkout.expectReceipt('Your order is in. The money is on its way.')
    await expect(page.getByText('A direct debit takes 2 to 14 days.')).toBeVisible()
    await expect(page.getByRole('status')).toHaveText('This page updates by itself.')
    const [order] = await stack.sql`select payment_intent_id as id from orders where link_id = ${link.id}`
    await stack.sandbox.settleDebit(order?.id, outcome)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, { timeout: 30_000 })
    await expect(page.getByText('updates by itself')).toBeHidden()
  })
}

test.describe('a page that fails on our side', () => {
  test.use({ allowedErrors: /500 \(|React error #441/ })

  test('says so in the buyer’s language, and loads again', async ({ page, stack }) => {
    const adjustable_quantity = { enabled: false, minimum: 0, maximum: 99 }
    const link = await linkLike(stack, 'quiet-machine', {
      line_items: [{ price: 'price_gone', quantity: 1, adjustable_quantity }],
    })
    const response = await page.goto(`/${link.slug}?locale=de`)
    expect(response?.status()).toBe(500)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    const again = page.getByRole('button', { name: 'Neu laden' })
    await expect(again).toBeVisible()
    await stack.sql`
      update payment_link_versions set config = (
        select v.config from payment_link_versions v join payment_links l on l.id = v.link_id
        where l.slug = 'quiet-machine' limit 1)
      where link_id = ${link.id}`
    await again.click()
    await expect(page.getByText('The Quiet Machine').filter({ visible: true }).first()).toBeVisible()
  })
})

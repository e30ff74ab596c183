import { Buyer } from '../support/buyer'
import { CheckoutPage, cards } from '../support/checkout-page'
import { limitedLink } from '../support/limited-link'
import { linkLike } from '../support/link-like'
import { hold } from '../support/places'
import { expect, test } from '../support/test'

test('who comes second to the last place is told so, charged nothing, and can pay when it is free again', async ({
  page,
  stack,
}) => {
  const link = await limitedLink(stack, { completed_sessions: { limit: 1 } })
  const first = new Buyer(stack)
  const { id } = await first.open(link.slug)
  expect(await hold(stack, first, link.slug, id)).toEqual({ kind: 'held' })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await checkout.payWith(cards.good)
  await expect(checkout.problem).toContainText('Sold out for now')
  await expect(checkout.problem).toContainText('Nothing was charged.')
  await expect(checkout.problem).toBeInViewport()
  const rows = await stack.sql`select id from orders where link_id = ${link.id}`
  expect(rows).toHaveLength(0)
  await stack.sandbox.stripe.checkout.sessions.expire(id)
  await expect(async () => {
    const [hold] = await stack.sql`select state from place_holds where link_id = ${link.id}`
    expect(hold?.state).toBe('released')
  }).toPass()
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
})

test('who comes after the last one was sold is told so before paying', async ({ page, stack }) => {
  const link = await limitedLink(stack, { completed_sessions: { limit: 1 } })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  const other = await new Buyer(stack).open(link.slug)
  await stack.sandbox.pay(other.id, { payment_method: 'card', email: 'quick@example.com' })
  await expect(async () => {
    const rows = await stack.sql`select id from orders where link_id = ${link.id} and status = 'paid'`
    expect(rows).toHaveLength(1)
  }).toPass()
  await checkout.payWith(cards.good)
  await expect(checkout.problem).toContainText('Sold out')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sold out')
})

// Mutant: ask for a place only where the link has limits.
test('a link that is switched off while its page is open takes no money', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {})
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await stack.sql`update payment_links set active = false where id = ${link.id}`
  await checkout.payWith(cards.good)
  await expect(checkout.problem).toContainText('No longer available')
  await expect(checkout.problem).toContainText('Nothing was charged.')
  expect(await stack.sql`select id from orders where link_id = ${link.id}`).toEqual([])
})

test('more than is left can be made fewer and bought', async ({ page, stack }) => {
  const link = await limitedLink(stack, (price) => ({ inventory: { [price]: 2 } }))
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  const summary = page.getByRole('button', { name: /summary|details|items|order/i })
  if (await summary.isVisible()) await summary.click()
  const more = page.getByRole('button', { name: /^More of/ })
  await more.click()
  await more.click()
  await expect(checkout.payButton).toHaveText(/€84\.00/)
  await checkout.payWith(cards.good)
  await expect(checkout.problem).toContainText('Only 2 left')
  // Chromium aims by the last frame it drew: on a small screen that moves, a click may land beside.
  await page.getByRole('button', { name: /^Fewer of/ }).press('Enter')
  await expect(checkout.payButton).toHaveText(/€56\.00/)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
})

test('a sale that has not begun says when, and opens by itself', async ({ page, stack }) => {
  const link = await limitedLink(stack, { starts_at: Math.ceil(Date.now() / 1000) + 5 })
  await page.goto(`/${link.slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not yet on sale')
  await expect(page.getByText(/On sale from/)).toBeVisible()
  await expect(new CheckoutPage(page).payButton).toBeVisible({ timeout: 20_000 })
})

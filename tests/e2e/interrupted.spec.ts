import { eventually } from '../support/buyer'
import { CheckoutPage, cards } from '../support/checkout-page'
import { expect, test } from '../support/test'

test('a reload resumes the same checkout', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  const sessions = () =>
    stack.sql`select id from checkout_sessions where last_touch->>'utm_content' = 'reload'`
  const count = (await sessions()).length
  await checkout.open('quiet-machine', '?utm_content=reload')
  await page.reload()
  await expect(checkout.payButton).toBeEnabled()
  await checkout.open('quiet-machine')
  expect((await sessions()).length).toBe(count + 1)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
})

test('a tab closed before the return still ends in a fulfilled order', async ({ page, stack }, info) => {
  const email = `closed-${info.project.name}@example.com`
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill(email)
  await checkout.chooseMethod('iDEAL')
  await checkout.pay()
  const authorise = page.getByRole('button', { name: 'Authorise' })
  await expect(authorise).toBeVisible()
  // The way back never answers: the buyer's train went into a tunnel.
  await page.route('**/quiet-machine/return*', (route) => route.abort())
  await authorise.click({ noWaitAfter: true })
  await page.waitForRequest('**/quiet-machine/return*')
  await page.close()
  const order = await eventually(async () => {
    const [row] = await stack.sql`
      select o.status, f.source from orders o join fulfillments f on f.order_id = o.id
      where o.customer_email = ${email}`
    return row
  }, 20)
  expect(order.status).toBe('paid')
  expect(['webhook', 'sweep']).toContain(order.source)
})

test('a receipt shows the e-mail only to the browser that paid', async ({ page, browser, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.payWith(cards.good, 'private@example.com')
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('private@example.com')).toBeVisible()
  const stranger = await browser.newContext({ baseURL: stack.baseUrl })
  const other = await stranger.newPage()
  await other.goto(page.url())
  await expect(other.getByText('The Quiet Machine')).toBeVisible()
  expect(await other.content()).not.toContain('private@example.com')
  await stranger.close()
})

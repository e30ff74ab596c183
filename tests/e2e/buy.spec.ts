import { CheckoutPage, cards } from '../support/checkout-page'
import { expect, test } from '../support/test'

test('a buyer pays with a card and sees what was bought', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('jenny@example.com')).toBeVisible()
  await expect(page.getByText('The Quiet Machine')).toBeVisible()
  await expect(page.getByText('€28.00').first()).toBeVisible()
  await expect(page.getByText(/4242/)).toBeVisible()
  const [order] = await stack.sql`
    select status, amount_total, currency, fulfilled_at is not null as fulfilled from orders
    where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order).toEqual({ status: 'paid', amount_total: '2800', currency: 'eur', fulfilled: true })
})

test.describe('a declined card', () => {
  // The browser itself logs the provider's 402, as it does with Stripe.
  test.use({ allowedErrors: /402 \(Payment Required\)/ })

  test('a declined buyer is told why and pays with another card', async ({ page }) => {
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    await checkout.payWith(cards.insufficientFunds)
    await expect(checkout.problem).toContainText(/insufficient funds/i)
    await expect(checkout.payButton).toBeEnabled()
    await checkout.fillCard(cards.good)
    await checkout.pay()
    await checkout.expectReceipt(/Thank you/)
  })
})

test('a buyer authenticates with the bank', async ({ page }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.payWith(cards.authenticate)
  await checkout.authenticate('Complete')
  await checkout.expectReceipt(/Thank you/)
})

test('a buyer whom the bank does not recognise can try another card', async ({ page }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.payWith(cards.authenticate)
  await checkout.authenticate('Fail')
  await expect(checkout.problem).toContainText(/authenticat/i)
  await checkout.fillCard(cards.good)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
})

test('a buyer pays with iDEAL', async ({ page }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill('jenny@example.com')
  await checkout.chooseMethod('iDEAL')
  await checkout.pay()
  await page.getByRole('button', { name: 'Authorise' }).click()
  await checkout.expectReceipt(/Thank you/)
})

test('a buyer who refuses at the bank comes back to the checkout and hears of it', async ({ page }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill('jenny@example.com')
  await checkout.chooseMethod('iDEAL')
  await checkout.pay()
  await page.getByRole('button', { name: 'Fail' }).click()
  await page.waitForURL(/\/quiet-machine$/)
  await expect(checkout.problem).toBeVisible()
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
})

test('a SEPA debit is on its way, then it arrives', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill('e2e_generatedSepaDebitIntentsSucceed@example.com')
  await checkout.chooseMethod('SEPA direct debit')
  await checkout.fillIban('DE89370400440532013000', 'Jenny Rosen')
  await checkout.pay()
  await page.waitForURL(/\/receipt\//)
  // The page updates itself when the money has arrived.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Thank you/, { timeout: 30_000 })
  const [order] = await stack.sql`
    select status from orders where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order?.status).toBe('paid')
})

test('a SEPA debit that fails is told honestly and never fulfilled', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill('e2e_generatedSepaDebitIntentsFail@example.com')
  await checkout.chooseMethod('SEPA direct debit')
  await checkout.fillIban('DE89370400440532013000', 'Jenny Rosen')
  await checkout.pay()
  await page.waitForURL(/\/receipt\//)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/failed|did not/i, { timeout: 30_000 })
  const [order] = await stack.sql`
    select status, fulfilled_at from orders where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order).toEqual({ status: 'failed', fulfilled_at: null })
})

test('a currency without decimals is shown and charged in whole units', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('bookbinding-kyoto')
  await expect(checkout.payButton).toHaveText(/¥12,000/)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`
    select amount_total, currency from orders where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order).toEqual({ amount_total: '12000', currency: 'jpy' })
})

test('a buyer subscribes and reads what comes every month', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('northlight-monthly')
  await expect(
    page
      .getByText(/per month/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`
    select subscription_id from orders where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order?.subscription_id).toMatch(/^sub_/)
})

test('a buyer changes the quantity and pays the new total', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  const summary = page.getByRole('button', { name: /summary|details|items|order/i })
  if (await summary.isVisible().catch(() => false)) await summary.click()
  await page.getByRole('button', { name: /more|increase|add one/i }).click()
  await expect(checkout.payButton).toHaveText(/Pay €56\.00/)
  await page.getByRole('button', { name: /more|increase|add one/i }).click()
  await expect(checkout.payButton).toHaveText(/Pay €84\.00/)
  await page.getByRole('button', { name: /fewer|decrease|remove one/i }).click()
  await expect(checkout.payButton).toHaveText(/Pay €56\.00/)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`
    select amount_total, items from orders where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order?.amount_total).toBe('5600')
  expect(order?.items).toMatchObject([{ quantity: 2, unit_amount: 2800, amount_total: 5600 }])
})

test('the button cannot be pressed twice', async ({ page, stack }, info) => {
  const email = `double-${info.project.name}@example.com`
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill(email)
  await checkout.fillCard(cards.good)
  await checkout.payTwice()
  await checkout.expectReceipt(/Thank you/)
  const orders = await stack.sql`select 1 from orders where customer_email = ${email}`
  expect(orders).toHaveLength(1)
})

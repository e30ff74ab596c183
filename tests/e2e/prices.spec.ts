import type { Page } from '@playwright/test'
import { CheckoutPage, cards } from '../support/checkout-page'
import { makeLink } from '../support/made-link'
import { ownItem } from '../support/own-price'
import { expect, test } from '../support/test'

const order = (page: Page) => page.getByRole('region', { name: 'Your order' })

async function openOrder(page: Page): Promise<void> {
  const fold = page.getByRole('button', { name: /show the order/i })
  if (await fold.isVisible()) await fold.click()
}

async function soldAt(page: Page, sql: import('postgres').Sql) {
  const [row] = await sql`
    select status, currency, amount_subtotal, amount_discount, amount_tax, amount_total from orders
    where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  return row
}

test('tax is added once the address is known, and told as such before', async ({ page, stack }) => {
  const { slug } = await makeLink(stack, { automatic_tax: { enabled: true } })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug)
  await openOrder(page)
  await expect(order(page).getByText('calculated when your address is known')).toBeVisible()
  await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
  await checkout.email.fill('jenny@example.com')
  await checkout.fillCard(cards.good)
  await checkout.fillAddress('billing')
  await expect(order(page).getByText('€5.60')).toBeVisible()
  await expect(checkout.payButton).toHaveText(/Pay €33\.60/)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('€5.60')).toBeVisible()
  expect(await soldAt(page, stack.sql)).toMatchObject({
    status: 'paid',
    amount_subtotal: '2800',
    amount_tax: '560',
    amount_total: '3360',
  })
})

// Mutant: confirm without waiting for the tax of what was just typed.
test('who presses pay right after the address reads the new total first', async ({ page, stack }) => {
  const link = await makeLink(stack, { automatic_tax: { enabled: true } })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await checkout.email.fill('jenny@example.com')
  await checkout.fillCard(cards.good)
  await checkout.fillAddress('billing')
  await checkout.payButton.dispatchEvent('click')
  await expect(checkout.problem).toContainText('The total has changed')
  await expect(checkout.payButton).toHaveText(/Pay €33\.60/)
  expect(await stack.sql`select id from orders where link_id = ${link.id}`).toEqual([])
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
})

test('a business elsewhere in the EU gives its tax ID and pays no tax', async ({ page, stack }) => {
  const { slug } = await makeLink(stack, {
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true, required: 'never' },
  })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug)
  await checkout.email.fill('ada@example.com')
  await checkout.fillCard(cards.good)
  await checkout.fillAddress('billing', 'AT')
  await expect(checkout.payButton).toHaveText(/Pay €33\.60/)
  await page.getByLabel('Business name').fill('Engines GmbH')
  await page.getByLabel(/^Tax ID/).fill('ATU12345678')
  await checkout.payButton.dispatchEvent('click')
  await expect(checkout.problem).toContainText('The total has changed')
  await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  expect(await soldAt(page, stack.sql)).toMatchObject({
    status: 'paid',
    amount_tax: '0',
    amount_total: '2800',
  })
})

test('a tax that is part of the price is named and adds nothing', async ({ page, stack }) => {
  const item = await ownItem(stack, { name: 'A map with its tax', amount: 3000, tax_behavior: 'inclusive' })
  const { slug } = await makeLink(stack, { automatic_tax: { enabled: true }, line_items: [item] })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug)
  await openOrder(page)
  await checkout.email.fill('jenny@example.com')
  await checkout.fillCard(cards.good)
  await checkout.fillAddress('billing')
  await expect(order(page).getByText('Tax included')).toBeVisible()
  await expect(order(page).getByText('€5.00')).toBeVisible()
  await expect(checkout.payButton).toHaveText(/Pay €30\.00/)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('Tax included')).toBeVisible()
  expect(await soldAt(page, stack.sql)).toMatchObject({
    status: 'paid',
    amount_tax: '500',
    amount_total: '3000',
  })
})

test('a buyer from afar reads the price in their own currency, and may pay in the seller’s', async ({
  page,
  stack,
}) => {
  const { slug } = await makeLink(stack, { adaptive_pricing: { enabled: true } })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug, '?prefilled_email=jenny%2Blocation_JP%40example.com')
  await expect(checkout.payButton).toHaveText(/¥4,480/)
  await page
    .frameLocator('iframe[name="sandbox-currencySelector"]')
    .getByRole('radio', { name: /EUR/ })
    .check()
  await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
  await checkout.fillCard(cards.good)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  expect(await soldAt(page, stack.sql)).toMatchObject({
    status: 'paid',
    currency: 'eur',
    amount_total: '2800',
  })
})

test('a link’s own code comes off by itself, and one in the address comes before it', async ({
  page,
  stack,
}) => {
  const { data } = await stack.sandbox.stripe.promotionCodes.list({ code: 'WINTER20' })
  const coupon = await stack.sandbox.stripe.coupons.create({ amount_off: 300, currency: 'eur' })
  const own = await stack.sandbox.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: `OURS-${Date.now()}`,
  })
  await stack.sql`
    insert into coupons (id, livemode, duration, valid) values (${coupon.id}, false, 'once', true)`
  await stack.sql`
    insert into promotion_codes (id, livemode, coupon_id, code, active)
    values (${own.id}, false, ${coupon.id}, ${own.code}, true)`
  expect(data).toHaveLength(1)
  const { slug } = await makeLink(stack, {
    allow_promotion_codes: true,
    discounts: [{ promotion_code: own.id }],
  })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug)
  await expect(checkout.payButton).toHaveText(/Pay €25\.00/)
  await checkout.open(slug, '?prefilled_promo_code=winter20')
  await expect(checkout.payButton).toHaveText(/Pay €22\.40/)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  expect(await soldAt(page, stack.sql)).toMatchObject({ status: 'paid', amount_discount: '560' })
})

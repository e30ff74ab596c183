import type { Page } from '@playwright/test'
import { CheckoutPage, cards } from '../support/checkout-page'
import { linkLike } from '../support/link-like'
import { expect, test } from '../support/test'

/** On a phone the order is folded into one line. */
async function openOrder(page: Page): Promise<void> {
  const fold = page.getByRole('button', { name: /show the order/i })
  if (await fold.isVisible()) await fold.click()
}

async function open(page: Page, slug: string, search = ''): Promise<CheckoutPage> {
  const checkout = new CheckoutPage(page)
  await checkout.open(slug, search)
  await openOrder(page)
  return checkout
}

const order = (page: Page) => page.getByRole('region', { name: 'Your order' })

async function soldAt(page: Page, sql: import('postgres').Sql) {
  const [row] = await sql`
    select status, amount_subtotal, amount_discount, amount_shipping, amount_tax, amount_total from orders
    where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  return row
}

test.describe('an optional item', () => {
  test('a buyer adds a bookmark, and pays for both', async ({ page, stack }) => {
    const checkout = await open(page, 'winter-reading')
    await page.getByRole('button', { name: 'Add Linen bookmark' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €60\.00/)
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
    await expect(page.getByText('Linen bookmark')).toBeVisible()
    expect(await soldAt(page, stack.sql)).toMatchObject({ status: 'paid', amount_total: '6000' })
  })

  test('a buyer adds tea, wants two of it, and thinks better of it', async ({ page }) => {
    const checkout = await open(page, 'winter-reading')
    await page.getByRole('button', { name: 'Add Tea for long evenings' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €63\.50/)
    await page.getByRole('button', { name: 'More of Tea for long evenings' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €73\.00/)
    await expect(order(page).getByRole('listitem').filter({ hasText: 'Tea for' })).toContainText('€19.00')
    await page.getByRole('button', { name: 'More of Winter reading' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €127\.00/)
    await page.getByRole('button', { name: 'Remove Tea for long evenings' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €108\.00/)
  })

  test('what a buyer added is still there after loading the page again', async ({ page }) => {
    const checkout = await open(page, 'winter-reading')
    await page.getByRole('button', { name: 'Add Linen bookmark' }).click()
    await expect(checkout.payButton).toHaveText(/Pay €60\.00/)
    await page.reload()
    await expect(checkout.payButton).toHaveText(/Pay €60\.00/)
  })
})

test.describe('a promotion code', () => {
  test('a buyer types a code, sees what it takes off, and pays less', async ({ page, stack }) => {
    const checkout = await open(page, 'winter-reading')
    await page.getByRole('button', { name: 'Add promotion code' }).click()
    await expect(page.getByLabel('Promotion code', { exact: true })).toBeFocused()
    await page.keyboard.type('winter20')
    await page.keyboard.press('Enter')
    await expect(order(page).getByText('−€10.80').or(order(page).getByText('-€10.80'))).toBeVisible()
    await expect(checkout.payButton).toHaveText(/Pay €43\.20/)
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
    await expect(page.getByText('Discount')).toBeVisible()
    expect(await soldAt(page, stack.sql)).toMatchObject({
      status: 'paid',
      amount_discount: '1080',
      amount_total: '4320',
    })
  })

  test('a buyer takes the code out again, by keyboard', async ({ page }) => {
    const checkout = await open(page, 'winter-reading', '?prefilled_promo_code=WINTER20')
    await expect(checkout.payButton).toHaveText(/Pay €43\.20/)
    await page.getByRole('button', { name: 'Remove the promotion code WINTER20' }).press('Enter')
    await expect(checkout.payButton).toHaveText(/Pay €54\.00/)
    await expect(page.getByRole('button', { name: 'Add promotion code' })).toBeFocused()
    await page.reload()
    await expect(checkout.payButton).toHaveText(/Pay €54\.00/)
  })

  // Mutant: apply what the address says on every link.
  test('a code in the address is nothing to a link without codes', async ({ page }) => {
    const checkout = await open(page, 'quiet-machine', '?prefilled_promo_code=WINTER20')
    await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
    await expect(page.getByRole('button', { name: /promotion code/ })).toHaveCount(0)
  })

  // The browser itself logs the provider's 400, as it does with Stripe.
  test.describe('that is wrong', () => {
    test.use({ allowedErrors: /400 \(Bad Request\)/ })

    test('a code in the address that nobody knows changes nothing', async ({ page }) => {
      const checkout = await open(page, 'winter-reading', '?prefilled_promo_code=SUMMER99')
      await expect(checkout.payButton).toHaveText(/Pay €54\.00/)
      await expect(checkout.problem).toHaveCount(0)
    })

    test('is said next to the box, and the buyer can correct it', async ({ page }) => {
      const checkout = await open(page, 'winter-reading')
      await page.getByRole('button', { name: 'Add promotion code' }).click()
      const box = page.getByLabel('Promotion code', { exact: true })
      await box.fill('WINTER21')
      await page.getByRole('button', { name: 'Apply' }).click()
      await expect(box).toHaveAccessibleDescription('This code is not valid.')
      await expect(box).toBeFocused()
      await box.fill('WINTER20')
      await box.press('Enter')
      await expect(checkout.payButton).toHaveText(/Pay €43\.20/)
    })
  })
})

test.describe('an amount of the buyer’s own', () => {
  test('a donor gives what they like', async ({ page, stack }) => {
    const checkout = await open(page, 'reading-room')
    await expect(checkout.payButton).toHaveText(/Donate €25\.00/)
    const amount = page.getByLabel('Amount for A chair for the reading room')
    await amount.fill('40,50')
    await amount.press('Enter')
    await expect(checkout.payButton).toHaveText(/Donate €40\.50/)
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
    expect(await soldAt(page, stack.sql)).toMatchObject({ status: 'paid', amount_total: '4050' })
  })

  test('a donor is told what is too little, and what cannot be read', async ({ page }) => {
    const checkout = await open(page, 'reading-room', '?amount=1&unit_amount=1')
    const amount = page.getByLabel('Amount for A chair for the reading room')
    await amount.fill('1')
    await amount.press('Enter')
    await expect(amount).toHaveAccessibleDescription(/The smallest amount is €2\.00/)
    await amount.fill('a lot')
    await amount.blur()
    await expect(amount).toHaveAccessibleDescription(/Write an amount like/)
    await expect(checkout.payButton).toHaveText(/Donate €25\.00/)
  })
})

// Mutants: pay without asking the field; let the press go on with what was read before.
test.describe('an amount that is not taken', () => {
  test('is not paid for: the field says why and has the focus', async ({ page, stack }) => {
    const link = await linkLike(stack, 'reading-room', {})
    const checkout = await open(page, link.slug)
    await checkout.email.fill('donor@example.com')
    await checkout.fillCard(cards.good)
    const amount = page.getByLabel('Amount for A chair for the reading room')
    await amount.fill('1000')
    await checkout.pay()
    await expect(amount).toHaveAccessibleDescription(/The largest amount is €500\.00/)
    await expect(amount).toBeFocused()
    expect(await stack.sql`select id from orders where link_id = ${link.id}`).toEqual([])
    await amount.fill('30')
    await checkout.pay()
    await expect(checkout.problem).toContainText('The total has changed')
    await expect(checkout.payButton).toHaveText(/Donate €30\.00/)
    await checkout.pay()
    await checkout.expectReceipt(/Thank you/)
    expect(await soldAt(page, stack.sql)).toMatchObject({ status: 'paid', amount_total: '3000' })
  })
})

test('a number may be typed in Arabic digits', async ({ page }) => {
  const checkout = await open(page, 'quiet-machine')
  const quantity = page.getByRole('textbox', { name: 'Quantity of The Quiet Machine' })
  await quantity.fill('٣')
  await quantity.press('Enter')
  await expect(checkout.payButton).toHaveText(/Pay €84\.00/)
})

test('a subscriber tries it for nothing, and reads what comes after', async ({ page, stack }) => {
  const checkout = await open(page, 'northlight-digital')
  await expect(
    page
      .getByText(/€9\.00 per month/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible()
  await expect(checkout.payButton).toHaveText(/Start the trial/)
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  expect(await soldAt(page, stack.sql)).toMatchObject({ status: 'paid', amount_total: '0' })
})

test.describe('shipping', () => {
  test('a buyer sees what it costs, chooses the faster way, and pays for it', async ({ page, stack }) => {
    const checkout = await open(page, 'northlight-atlas')
    await expect(checkout.payButton).toHaveText(/Pay €75\.50/)
    await expect(page.getByRole('radio', { name: /Standard 3–5 business days/ })).toBeChecked()
    await page.getByRole('radio', { name: /Express/ }).check()
    await expect(checkout.payButton).toHaveText(/Pay €81\.00/)
    await expect(order(page).getByText('€9.00').last()).toBeVisible()
    await checkout.fillAddress('shipping')
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
    await expect(page.getByText('Shipping')).toBeVisible()
    expect(await soldAt(page, stack.sql)).toMatchObject({
      status: 'paid',
      amount_subtotal: '7200',
      amount_shipping: '900',
      amount_total: '8100',
    })
  })
})

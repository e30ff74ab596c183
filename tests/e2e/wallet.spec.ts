import { CheckoutPage } from '../support/checkout-page'
import { linkLike } from '../support/link-like'
import { expect, test } from '../support/test'

test('a buyer pays with a wallet and types nothing', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {})
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  const sheet = await checkout.openWallet()
  await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('jenny.rosen@example.com')).toBeVisible()
  const orders = await stack.sql`select status, amount_total from orders where link_id = ${link.id}`
  expect(orders).toEqual([{ status: 'paid', amount_total: '2800' }])
})

test.describe('a wallet whose card is declined', () => {
  test.use({ allowedErrors: /402 \(Payment Required\)/ })

  test('says so on the page, and the buyer pays again', async ({ page }) => {
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    const sheet = await checkout.openWallet()
    await sheet.getByLabel('Card').selectOption({ label: 'Visa ending in 9995 (insufficient funds)' })
    await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
    await expect(checkout.problem).toContainText(/insufficient funds/i)
    await checkout.openWallet()
    await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
    await checkout.expectReceipt(/Thank you/)
  })
})

test('a wallet is closed by its owner, and nothing has happened', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {})
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  const sheet = await checkout.openWallet()
  await sheet.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('iframe[name=sandbox-wallet]')).toHaveCount(0)
  await expect(checkout.payButton).toHaveText(/Pay €28\.00/)
  await expect(checkout.problem).toBeHidden()
  expect(await stack.sql`select id from orders where link_id = ${link.id}`).toEqual([])
})

test('a question that is not answered stops a wallet too', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {
    custom_fields: [
      {
        key: 'dedication',
        label: 'Dedicated to',
        type: 'text',
        optional: false,
        minimum: null,
        maximum: null,
        default_value: null,
      },
    ],
  })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  const sheet = await checkout.openWallet()
  await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
  await expect(sheet.getByText('Look at the fields marked above.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Cancel' }).click()
  const question = page.getByLabel('Dedicated to')
  await expect(question).toBeFocused()
  await question.fill('Ines')
  await checkout.openWallet()
  await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
  await checkout.expectReceipt(/Thank you/)
})

// Mutant: tell the provider nothing beside a wallet.
test('a name that may be given comes along with a wallet', async ({ page, stack }) => {
  const link = await linkLike(stack, 'quiet-machine', {
    name_collection: {
      individual: { enabled: false, optional: false },
      business: { enabled: true, optional: true },
    },
  })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await page.getByLabel('Business name').fill('Engines Ltd')
  const sheet = await checkout.openWallet()
  await sheet.getByRole('button', { name: 'Pay €28.00' }).click()
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`select buyer_details from orders where link_id = ${link.id}`
  expect(order?.buyer_details).toMatchObject({ business_name: 'Engines Ltd' })
})

test('a browser without a wallet shows the fields first, without a gap', async ({ page }) => {
  await page.route('**/_js/checkout_sessions/*/retrieve', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), wallets: [] } })
  })
  await new CheckoutPage(page).open('quiet-machine')
  await expect(page.locator('iframe[name=sandbox-expressCheckout]')).toHaveCount(0)
  await expect(page.getByText('or pay another way')).toHaveCount(0)
  const gap = await page.locator('form > :first-child').evaluate((first) => {
    const [own, form] = [first.getBoundingClientRect(), first.closest('form')?.getBoundingClientRect()]
    return own.top - (form?.top ?? 0)
  })
  expect(gap).toBe(0)
})

import type { LinkConfig } from '@/db/types'
import { violations } from '../support/axe'
import { CheckoutPage, cards } from '../support/checkout-page'
import { makeLink } from '../support/made-link'
import { expect, test } from '../support/test'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in a ${colorScheme} scheme`, () => {
    test.use({ colorScheme })

    test('everybody can use the page, its trouble and its receipt', async ({ page }) => {
      const checkout = new CheckoutPage(page)
      await checkout.open('quiet-machine')
      expect(await violations(page)).toEqual([])
      await checkout.pay()
      await expect(checkout.problem).toBeFocused()
      expect(await violations(page)).toEqual([])
      await checkout.payWith(cards.good)
      await checkout.expectReceipt(/Thank you/)
      expect(await violations(page)).toEqual([])
    })
  })
}

test.describe('when the payment form arrives', () => {
  const asking: Partial<LinkConfig> = {
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    billing_address_collection: 'required',
    tax_id_collection: { enabled: true, required: 'never' },
    consent_collection: { terms_of_service: 'required', promotions: 'auto' },
    saved_payment_method_options: { payment_method_save: 'enabled' },
  }
  const offers = [
    ...['quiet-machine', 'northlight-monthly', 'northlight-digital', 'northlight-atlas', 'reading-room'],
    ...['winter-reading', asking],
  ]

  for (const offer of offers) {
    test(`nothing moves: ${typeof offer === 'string' ? offer : 'a link that asks for much'}`, async ({
      page,
      stack,
    }) => {
      const slug = typeof offer === 'string' ? offer : (await makeLink(stack, offer)).slug
      await page.addInitScript(() => {
        const moved: string[] = []
        Object.assign(window, { moved })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved.push(JSON.stringify(entry))
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await new CheckoutPage(page).open(slug)
      const place = () => page.locator('form[data-total] button[type=submit]').boundingBox()
      const first = await place()
      await page.waitForTimeout(600)
      expect(await place()).toEqual(first)
      expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([])
    })
  }
})

test('nothing sticks out at 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await new CheckoutPage(page).open('northlight-monthly')
  await page.getByRole('button', { name: /show the order/i }).click()
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)
  expect(await width()).toBe(320)
})

test.describe('in a window, wide or narrow', () => {
  test.use({ isMobile: false, hasTouch: false })

  test('the keyboard reaches everything from top to bottom', async ({ page }, info) => {
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    const narrow = info.project.name === 'phone'
    for (const name of narrow ? [/show the order/i] : [/^Fewer/, /^Quantity/, /^More/]) {
      await page.keyboard.press('Tab')
      await expect(page.locator(':focus')).toHaveAccessibleName(name)
    }
    // A loaded machine loses the key that leads into another process, and more often in a small window.
    if (narrow) return
    for (const inFrame of [checkout.wallet, checkout.email]) {
      await page.keyboard.press('Tab')
      await expect(inFrame).toBeFocused()
    }
  })
})

test.describe('with a content blocker', () => {
  test.use({ allowedErrors: /ERR_FAILED/ })

  test('a buyer is told that the form did not load, and loads it', async ({ page }) => {
    await page.route('**/v3/stripe.js', (route) => route.abort())
    await page.goto('/quiet-machine')
    const again = page.getByRole('button', { name: 'Load the page again' })
    await expect(again).toBeVisible()
    await page.unroute('**/v3/stripe.js')
    await again.click()
    await expect(new CheckoutPage(page).payButton).toBeEnabled()
  })
})

test('a Stripe.js that never answers is told within ten seconds', async ({ page }) => {
  await page.route('**/v3/stripe.js', () => {})
  await page.goto('/quiet-machine', { waitUntil: 'commit' })
  await expect(page.getByRole('alert').filter({ hasText: 'did not load' })).toBeVisible({ timeout: 10_000 })
})

test.describe('while the server is in trouble', () => {
  test.use({ allowedErrors: /503/ })

  test('the page says so and goes on by itself', async ({ page }) => {
    let left = 2
    await page.route('**/quiet-machine/session', (route) => {
      left -= 1
      return left < 0 ? route.continue() : route.fulfill({ status: 503, json: {} })
    })
    await page.goto('/quiet-machine')
    await expect(page.getByRole('alert').filter({ hasText: 'tries again by itself' })).toBeVisible()
    await expect(new CheckoutPage(page).payButton).toBeEnabled({ timeout: 15_000 })
  })
})

test.describe('when the connection is lost while paying', () => {
  test.use({ allowedErrors: /ERR_FAILED/ })

  test('a payment that went through is found, not asked for again', async ({ page, stack }, info) => {
    const email = `lost-${info.project.name}@example.com`
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    await page.route('**/confirm', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await checkout.payWith(cards.good, email)
    await checkout.expectReceipt(/Thank you/)
    const orders = await stack.sql`select status from orders where customer_email = ${email}`
    expect(orders.map(({ status }) => status)).toEqual(['paid'])
  })

  test('a payment that never left can be made', async ({ page }) => {
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    await page.route('**/confirm', (route) => route.abort())
    await checkout.payWith(cards.good)
    await expect(checkout.problem).toContainText('Nothing was charged')
    await page.unroute('**/confirm')
    await checkout.pay()
    await checkout.expectReceipt(/Thank you/)
  })
})

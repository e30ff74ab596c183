import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cards } from '../support/checkout-page'
import { expect, test } from '../support/test'

async function findings(page: Page) {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

test.describe('a reader of German', () => {
  test.use({ locale: 'de-AT' })

  test('buys in German, whatever unknown language the address asks for', async ({ page }) => {
    await page.goto('/quiet-machine?locale=tlh')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    const pay = page.getByRole('button', { name: /^28,00\s€ bezahlen$/ })
    await expect(pay).toBeEnabled()
    const [contact, payment] = ['sandbox-contactDetails', 'sandbox-payment'].map((name) =>
      page.frameLocator(`iframe[name="${name}"]`),
    )
    await contact?.getByLabel('E-Mail').fill('jenny@example.com')
    await payment?.getByLabel('Kartennummer').fill(cards.good)
    await payment?.getByLabel('Gültig bis').fill('12 / 34')
    await payment?.getByLabel('Prüfziffer').fill('123')
    await pay.scrollIntoViewIfNeeded()
    await pay.click()
    await page.waitForURL(/\/receipt\//)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Vielen Dank. Ihre Zahlung ist eingegangen.',
    )
    await expect(page.getByText(/28,00\s€/).first()).toBeVisible()
  })
})

for (const [locale, button] of [
  ['ar', /^(ادفع|اشترك)/],
  ['he', /^(תשלום|מינוי)/],
] as const) {
  test(`everybody can use the page from right to left, in ${locale}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 720 })
    for (const slug of ['quiet-machine', 'northlight-monthly', 'advent-parcel']) {
      await page.goto(`/${slug}?locale=${locale}`)
      await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
      if (slug !== 'advent-parcel') await expect(page.getByRole('button', { name: button })).toBeEnabled()
      // Mutant: `left` where `start` is meant. What sticks out on that side cannot be scrolled to.
      const { left, width } = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('main *')].map((node) => node.getBoundingClientRect())
        return {
          left: Math.min(0, ...boxes.filter((box) => box.width > 1).map((box) => Math.floor(box.left))),
          width: document.documentElement.scrollWidth,
        }
      })
      expect({ left, width }).toEqual({ left: 0, width: 320 })
      expect(await findings(page)).toEqual([])
    }
  })
}

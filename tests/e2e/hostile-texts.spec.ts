import type { Page } from '@playwright/test'
import { CheckoutPage, cards } from '../support/checkout-page'
import { offeredLink } from '../support/offered-link'
import { forgetAttempts, owner, ownerBrowser } from '../support/owner'
import { payloads } from '../support/payloads'
import { expect, test } from '../support/test'

/** Nothing ran; what the policy had to stop is a console error, and those fail the test by themselves. */
async function nothingRan(page: Page) {
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined()
  expect(new URL(page.url()).hostname).toBe('localhost')
}

// Mutants: write a text with dangerouslySetInnerHTML; put a text into an inline script; a link to a text.
test('150 hostile texts stand on the page, the receipt and the order as texts', async ({ page, stack }) => {
  const half = payloads.length / 2
  for (const [index, part] of [payloads.slice(0, half), payloads.slice(half)].entries()) {
    const [names, descriptions, labels, texts] = [
      part.slice(0, 20),
      part.slice(20, 40),
      part.slice(40, 70),
      part.slice(70),
    ]
    const items = names.map((name, at) => ({ name, description: descriptions[at] ?? '', unit_amount: 100 }))
    const [submit = null, after = null, message = null, inactive = null, name = null] = texts
    const slug = await offeredLink(stack, items, {
      name,
      inactive_message: inactive,
      custom_fields: labels.map((label, at) => ({ key: `field${at}`, label, type: 'text', optional: true })),
      custom_text: { submit, after_submit: after },
      after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: message } },
    })
    const checkout = new CheckoutPage(page)
    await checkout.open(slug)
    await nothingRan(page)
    const said = (await page.locator('main').textContent()) ?? ''
    expect([...names, ...descriptions].filter((text) => !said.includes(text))).toEqual([])
    if (index === 0) continue
    await checkout.payWith(cards.good, 'hostile@example.com')
    await checkout.expectReceipt(/Thank you/)
    await nothingRan(page)
    expect(await page.locator('main').textContent()).toContain(message)
    await stack.sql`update payment_links set active = false where slug = ${slug}`
    await page.goto(`/${slug}`)
    await expect(page.getByText(inactive ?? '')).toBeVisible()
    await nothingRan(page)
  }
  await forgetAttempts(stack)
  await ownerBrowser(stack)
  await page.goto('/dashboard/orders')
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: 'hostile@example.com' })
    .first()
    .getByRole('link')
    .first()
    .click()
  await page.waitForURL(/orders\/ord_/)
  await nothingRan(page)
  await page.goto('/dashboard/links')
  await expect(page.getByText(payloads.at(-1) ?? '').first()).toBeVisible()
  await nothingRan(page)
})

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

/** Fills in all the page asks, with what the buyer of this test writes everywhere. */
async function answer(
  page: Page,
  typed: { name: string; business: string; fields: [label: string, text: string][] },
) {
  await page.getByRole('textbox', { name: 'Full name' }).fill(typed.name)
  await page.getByRole('textbox', { name: 'Business name' }).fill(typed.business)
  for (const [label, text] of typed.fields) {
    await page.locator('label').filter({ hasText: label }).last().locator('~ input').fill(text)
  }
  await page.locator('main select').selectOption({ index: payloads.length })
  await page.getByRole('checkbox').check()
}

// Mutants: write a text with dangerouslySetInnerHTML; put a text into an inline script; a link to a text. What only
// runs in a browser is tried here; hostile-texts.test.ts tries every text in every place.
test('150 hostile texts stand on the page, the receipt and the order as texts', async ({ page, stack }) => {
  const half = payloads.length / 2
  const options = payloads.map((label, at) => ({ label, value: `o${at}` }))
  let told: string[] = []
  for (const [index, part] of [payloads.slice(0, half), payloads.slice(half)].entries()) {
    const [names, descriptions, labels, texts] = [
      part.slice(0, 20),
      part.slice(20, 40),
      part.slice(40, 70),
      part.slice(70),
    ]
    const items = names.map((name, at) => ({ name, description: descriptions[at] ?? '', unit_amount: 100 }))
    const [submit = null, after = null, message = null, inactive = null, name = null] = texts
    const [individual = '', business = '', terms = '', ...typed] = payloads.slice(index * 20)
    const fields = labels.map((label, at): [string, string] => [label, typed[at] ?? ''])
    const slug = await offeredLink(stack, items, {
      name,
      inactive_message: inactive,
      custom_fields: [
        // The last of a link's 30 fields asks by a list, which holds every payload.
        ...labels
          .slice(1)
          .map((label, at) => ({ key: `field${at}`, label, type: 'text' as const, optional: true })),
        { key: 'choice', label: labels[0] ?? '', type: 'dropdown', optional: true, options },
      ],
      custom_text: { submit, after_submit: after, terms_of_service_acceptance: terms },
      consent_collection: { terms_of_service: 'required' },
      name_collection: {
        individual: { enabled: true, optional: false },
        business: { enabled: true, optional: false },
      },
      after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: message } },
    })
    const checkout = new CheckoutPage(page)
    await checkout.open(slug)
    await nothingRan(page)
    const said = (await page.locator('main').textContent()) ?? ''
    const shown = [...names, ...descriptions, ...labels, submit, after, terms, ...payloads]
    expect(shown.filter((text) => !said.includes(text ?? ''))).toEqual([])
    if (index === 0) continue
    await answer(page, { name: individual, business, fields: fields.slice(1) })
    await checkout.payWith(cards.good, 'hostile@example.com')
    await checkout.expectReceipt(/Thank you/)
    await nothingRan(page)
    told = [individual, business, ...fields.slice(1).map(([, text]) => text), payloads.at(-1) ?? '']
    const receipt = (await page.locator('main').textContent()) ?? ''
    expect([message, ...labels, ...told.slice(2)].filter((text) => !receipt.includes(text ?? ''))).toEqual([])
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
  const order = (await page.locator('main').textContent()) ?? ''
  expect(told.filter((text) => !order.includes(text))).toEqual([])
  await page.goto('/dashboard/links')
  await expect(page.getByText(payloads.at(-1) ?? '').first()).toBeVisible()
  await nothingRan(page)
})

import AxeBuilder from '@axe-core/playwright'
import type { CustomField, LinkConfig } from '@/db/types'
import { CheckoutPage, cards } from '../support/checkout-page'
import { makeLink } from '../support/made-link'
import { expect, test } from '../support/test'

const bounds = { minimum: null, maximum: null, default_value: null }

const six: CustomField[] = [
  { key: 'name', label: 'Name in the book', optional: false, type: 'text', ...bounds, maximum: 20 },
  { key: 'copies', label: 'Edition number', optional: true, type: 'numeric', ...bounds, minimum: 3 },
  { key: 'note', label: 'A note for us', optional: true, type: 'long_text', ...bounds },
  {
    key: 'size',
    label: 'Size',
    optional: false,
    type: 'dropdown',
    options: [
      { label: 'Small', value: 'small' },
      { label: 'Large', value: 'large' },
    ],
    default_value: null,
  },
  { key: 'gift', label: 'Wrap it as a gift', optional: true, type: 'checkbox', default_value: false },
  {
    key: 'day',
    label: 'Deliver on',
    optional: false,
    type: 'date',
    earliest: '2026-12-01',
    latest: '2030-12-24',
    default_value: '2026-12-05',
  },
]

const noTexts: LinkConfig['custom_text'] = {
  shipping_address: null,
  submit: null,
  after_submit: null,
  terms_of_service_acceptance: null,
}

const consenting: Partial<LinkConfig> = {
  consent_collection: { terms_of_service: 'required', promotions: 'auto' },
  custom_text: {
    ...noTexts,
    submit: 'We pack on Mondays.\nAnd on Thursdays.',
    after_submit: 'Thank you for reading small print.',
    terms_of_service_acceptance: 'I will read the book.',
  },
}

const orderOf = (url: string) => url.split('/').at(-1) ?? ''

test.describe('six questions', () => {
  // The browser itself logs the provider's 402, as it does with Stripe.
  test.use({ allowedErrors: /402 \(Payment Required\)/ })

  test('a buyer answers six questions, is declined, and finds everything still there', async ({
    page,
    stack,
  }) => {
    const link = await makeLink(stack, { custom_fields: six })
    const checkout = new CheckoutPage(page)
    await checkout.open(link.slug)
    await page.getByLabel('Name in the book').fill('Ada Lovelace')
    await page.getByLabel('Edition number').fill('1843')
    await page.getByLabel('A note for us').fill('Line one\nline two')
    await page.getByLabel('Size').selectOption('Large')
    await page.getByLabel('Wrap it as a gift').check()
    await expect(page.getByLabel('Deliver on')).toHaveValue('2026-12-05')
    await page.getByLabel('Deliver on').fill('2026-12-06')
    await checkout.payWith(cards.insufficientFunds)
    await expect(checkout.problem).toContainText(/insufficient funds/i)
    const stillThere = async () => {
      await expect(page.getByLabel('Name in the book')).toHaveValue('Ada Lovelace')
      await expect(page.getByLabel('Edition number')).toHaveValue('1843')
      await expect(page.getByLabel('A note for us')).toHaveValue('Line one\nline two')
      await expect(page.getByLabel('Size')).toHaveValue('large')
      await expect(page.getByLabel('Wrap it as a gift')).toBeChecked()
      await expect(page.getByLabel('Deliver on')).toHaveValue('2026-12-06')
    }
    await stillThere()
    await page.reload()
    await expect(checkout.payButton).toBeEnabled()
    await stillThere()
    // Another tab, as a bank's app may open one, has what was kept with the session.
    await page.evaluate(() => sessionStorage.clear())
    await page.reload()
    await expect(checkout.payButton).toBeEnabled()
    await stillThere()
    await checkout.payWith(cards.good)
    await checkout.expectReceipt(/Thank you/)
    await expect(page.getByText('Ada Lovelace')).toBeVisible()
    const [order] = await stack.sql`
      select custom_fields from orders where receipt_token = ${orderOf(page.url())}`
    expect(order?.custom_fields.map((field: { value: unknown }) => field.value)).toEqual([
      'Ada Lovelace',
      '1843',
      'Line one\nline two',
      'large',
      true,
      '2026-12-06',
    ])
  })
})

test('half an address, a name and a phone number are still there after a reload', async ({ page, stack }) => {
  const { slug } = await makeLink(stack, {
    phone_number_collection: { enabled: true },
    name_collection: {
      individual: { enabled: true, optional: false },
      business: { enabled: false, optional: false },
    },
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
  })
  await new CheckoutPage(page).open(slug)
  const address = page.frameLocator('iframe[name="sandbox-address-shipping"]')
  await address.getByLabel('Country').selectOption('AT')
  await address.getByLabel('Address', { exact: true }).fill('Wollzeile 1')
  await page.getByLabel('Phone number').fill('0151')
  await page.getByLabel('Full name').fill('Ada King')
  await page.reload()
  await expect(address.getByLabel('Address', { exact: true })).toHaveValue('Wollzeile 1')
  await expect(address.getByLabel('Country')).toHaveValue('AT')
  await expect(page.getByLabel('Phone number')).toHaveValue('0151')
  await expect(page.getByLabel('Full name').filter({ visible: true }).first()).toHaveValue('Ada King')
})

// Mutant: keep what was typed by the link alone.
test('who comes by an address that names somebody else reads nothing of what was typed', async ({
  page,
  stack,
}) => {
  const { slug } = await makeLink(stack, { phone_number_collection: { enabled: true } })
  const checkout = new CheckoutPage(page)
  await checkout.open(slug, '?client_reference_id=cart_1')
  await page.getByLabel('Phone number').fill('+49 30 1234567')
  await checkout.open(slug, '?client_reference_id=cart_2')
  await expect(page.getByLabel('Phone number')).toHaveValue('')
  await checkout.open(slug, '?client_reference_id=cart_1')
  await expect(page.getByLabel('Phone number')).toHaveValue('+49 30 1234567')
})

test('a buyer who comes back from the bank without having paid finds the answers', async ({
  page,
  stack,
}, info) => {
  test.skip(info.project.name === 'phone', 'the same on both')
  const link = await makeLink(stack, { ...consenting, custom_fields: six })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await checkout.email.fill('ada@example.com')
  await page.getByLabel('Name in the book').fill('Ada')
  await page.getByLabel('Size').selectOption('Small')
  await page.getByLabel('I will read the book.').check()
  await checkout.chooseMethod('iDEAL')
  await checkout.pay()
  await page.getByRole('button', { name: 'Fail' }).click()
  await page.waitForURL(`**/${link.slug}*`)
  await expect(checkout.problem).toBeVisible()
  await expect(page.getByLabel('Name in the book')).toHaveValue('Ada')
  await expect(page.getByLabel('Size')).toHaveValue('small')
  await expect(page.getByLabel('I will read the book.')).toBeChecked()
  await expect(checkout.email).toHaveValue('ada@example.com')
})

test('what is wrong is said beside its field, and the first such field has the focus', async ({
  page,
  stack,
}) => {
  const link = await makeLink(stack, { custom_fields: six })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await page.getByLabel('Edition number').fill('12')
  await page.getByLabel('A note for us').focus()
  await expect(page.getByLabel('Edition number')).toHaveAccessibleDescription('At least 3 characters.')
  await checkout.payWith(cards.good)
  const name = page.getByLabel('Name in the book')
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription('This is needed.')
  await expect(page.getByLabel('Size')).toHaveAttribute('aria-invalid', 'true')
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await name.fill('Ada')
  await expect(name).toHaveAttribute('aria-invalid', 'false')
  await page.getByLabel('Edition number').fill('123')
  await page.getByLabel('Size').selectOption('Small')
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
})

test('a buyer accepts the terms, wants no news, and reads what the merchant says', async ({
  page,
  stack,
}) => {
  const link = await makeLink(stack, consenting)
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await expect(page.getByText('We pack on Mondays.\nAnd on Thursdays.')).toBeVisible()
  await expect(page.getByText('Thank you for reading small print.')).toBeVisible()
  await checkout.payWith(cards.good)
  const terms = page.getByLabel('I will read the book.')
  await expect(terms).toBeFocused()
  await expect(terms).toHaveAccessibleDescription('Tick this box to go on.')
  await terms.check()
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`select consent from orders where receipt_token = ${orderOf(page.url())}`
  expect(order?.consent).toMatchObject({
    terms_of_service: 'accepted',
    promotions: 'opt_out',
    link_version: 1,
  })
})

test('every question fits on 320 pixels and is large enough to touch', async ({ page, stack }, info) => {
  test.skip(info.project.name === 'phone', 'it brings its own screen')
  await page.setViewportSize({ width: 320, height: 640 })
  const link = await makeLink(stack, { ...consenting, custom_fields: six })
  await new CheckoutPage(page).open(link.slug)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  for (const control of await page.locator('form').locator('input, select, textarea').all()) {
    const target = (await control.getAttribute('type')) === 'checkbox' ? control.locator('..') : control
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  }
})

test.describe('a business', () => {
  // The provider refuses a tax ID with 400, and the browser itself logs it.
  test.use({ allowedErrors: /400 \(Bad Request\)/ })

  test('a business says who it is, where to send it and its tax ID, and all of it is on the order', async ({
    page,
    stack,
  }) => {
    const link = await makeLink(stack, {
      phone_number_collection: { enabled: true },
      name_collection: {
        individual: { enabled: true, optional: false },
        business: { enabled: false, optional: false },
      },
      shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
      billing_address_collection: 'required',
      tax_id_collection: { enabled: true, required: 'if_supported' },
      custom_text: { ...noTexts, shipping_address: 'We send to houses, not to boxes.' },
    })
    const checkout = new CheckoutPage(page)
    await checkout.open(link.slug)
    await expect(page.getByText('We send to houses, not to boxes.')).toBeVisible()
    await checkout.email.fill('ada@example.com')
    const address = page.frameLocator('iframe[name="sandbox-address-shipping"]')
    await address.getByLabel('Full name').fill('Ada Lovelace')
    await address.getByLabel('Country').selectOption('DE')
    await address.getByLabel('Address', { exact: true }).fill('Unter den Linden 1')
    await address.getByLabel('Postal code').fill('10117')
    await address.getByLabel('City').fill('Berlin')
    await page.getByLabel('Phone number').fill('030')
    await checkout.fillCard(cards.good)
    await expect(page.getByLabel('Kind of tax ID')).toBeVisible()
    await checkout.pay()
    await expect(page.getByLabel('Phone number')).toBeFocused()
    await expect(page.getByLabel('Tax ID', { exact: true })).toHaveAccessibleDescription('This is needed.')
    await page.getByLabel('Phone number').fill('+49 30 1234567')
    await page.getByLabel('Full name').fill('Ada King')
    await page.getByLabel('Tax ID', { exact: true }).fill('DE12')
    await page.getByLabel('Business name').fill('Engines Ltd')
    await checkout.pay()
    await expect(page.getByLabel('Tax ID', { exact: true })).toHaveAccessibleDescription(/no valid tax ID/)
    await page.getByLabel('Tax ID', { exact: true }).fill('DE123456789')
    await checkout.pay()
    await checkout.expectReceipt(/Thank you/)
    const [order] = await stack.sql`
    select customer_phone, buyer_details from orders where receipt_token = ${orderOf(page.url())}`
    expect(order?.customer_phone).toBe('+49 30 1234567')
    expect(order?.buyer_details).toMatchObject({
      shipping: { name: 'Ada Lovelace', address: { line1: 'Unter den Linden 1', country: 'DE' } },
      individual_name: 'Ada King',
      business_name: 'Engines Ltd',
      tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
  })
})

for (const [colorScheme, branding] of [
  ['light', { button_color: '#ffee00', background_color: '#7a7a7a', border_style: 'pill' }],
  ['dark', { button_color: '#101010', background_color: '#0b0b2a', border_style: 'rectangular' }],
] as const) {
  test.describe(`in a ${colorScheme} scheme`, () => {
    test.use({ colorScheme })

    test('everybody can read an offer in colours nobody should pick', async ({ page, stack }) => {
      const link = await makeLink(stack, { branding_settings: { logo: null, ...branding } })
      const checkout = new CheckoutPage(page)
      await checkout.open(link.slug)
      const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
      const radius = branding.border_style === 'pill' ? '24px' : '0px'
      await expect(checkout.payButton).toHaveCSS('border-radius', radius)
      const field = page.frameLocator('iframe[name="sandbox-payment"]').getByLabel('Card number')
      await expect(field).toHaveCSS('border-radius', radius)
    })
  })
}

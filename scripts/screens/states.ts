import type { Page } from '@playwright/test'
import type { LinkConfig } from '@/db/types'
import { CheckoutPage, cards } from '@/tests/support/checkout-page'
import { limitedLink } from '@/tests/support/limited-link'
import { makeLink } from '@/tests/support/made-link'
import type { StackClient } from '@/tests/support/stack'
import { unfinishedCharge } from '@/tests/support/unfinished-charge'

export type Screen = {
  name: string
  locale?: string
  /** Brings a fresh page into the state. */
  show: (page: Page, stack: StackClient) => Promise<void>
}

const open =
  (slug: string, search = '') =>
  (page: Page) =>
    new CheckoutPage(page).open(slug, search)
const visit = (path: string) => async (page: Page) => {
  await page.goto(path)
}

async function pay(page: Page, slug: string, number: string) {
  const checkout = new CheckoutPage(page)
  await checkout.open(slug)
  await checkout.payWith(number)
  return checkout
}

/** On a phone the order is folded into one line. */
async function openOrder(page: Page, slug: string, search = '') {
  await new CheckoutPage(page).open(slug, search)
  const fold = page.getByRole('button', { name: /show the order/i })
  if (await fold.isVisible()) await fold.click()
}

const text = { minimum: null, maximum: null, default_value: null }

/** A link that asks for much, with all the merchant's own words. */
const questions: Partial<LinkConfig> = {
  custom_fields: [
    { key: 'dedication', label: 'Dedication', type: 'text', optional: true, ...text },
    { key: 'members', label: 'Membership number', type: 'numeric', optional: false, ...text },
    {
      key: 'paper',
      label: 'Wrapping',
      type: 'dropdown',
      optional: false,
      options: [
        { label: 'Plain', value: 'plain' },
        { label: 'Winter stars', value: 'stars' },
      ],
      default_value: 'stars',
    },
    {
      key: 'arrives',
      label: 'Needed by',
      type: 'date',
      optional: true,
      earliest: null,
      latest: null,
      default_value: null,
    },
    { key: 'gift', label: 'It is a present', type: 'checkbox', optional: true, default_value: true },
    { key: 'note', label: 'A note for the bookbinder', type: 'long_text', optional: true, ...text },
  ],
  consent_collection: { terms_of_service: 'required', promotions: 'auto' },
  custom_text: {
    shipping_address: null,
    submit: 'We sign on Fridays.',
    after_submit: 'Parcels leave on Mondays.',
    terms_of_service_acceptance: null,
  },
  phone_number_collection: { enabled: true },
  name_collection: {
    individual: { enabled: true, optional: false },
    business: { enabled: false, optional: false },
  },
}

/** What should never be: it sells a price that is not there. */
const brokenLink: Partial<LinkConfig> = {
  line_items: [
    { price: 'price_gone', quantity: 1, adjustable_quantity: { enabled: false, minimum: 0, maximum: 99 } },
  ],
}

async function payByDebit(page: Page, email: string) {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine')
  await checkout.email.fill(email)
  await checkout.chooseMethod('SEPA direct debit')
  await checkout.fillIban('DE89370400440532013000', 'Jenny Rosen')
  await checkout.pay()
  await page.waitForURL(/\/receipt\//)
}

/** Every state of the payer's pages, in the order of a purchase. */
export const screens: readonly Screen[] = [
  { name: 'checkout', show: open('quiet-machine') },
  { name: 'subscription', show: open('northlight-monthly') },
  { name: 'trial', show: open('northlight-digital') },
  {
    name: 'optional-items-and-code',
    show: async (page) => {
      await openOrder(page, 'winter-reading', '?prefilled_promo_code=WINTER20')
      await page.getByRole('button', { name: 'Add Linen bookmark' }).click()
      await page.getByRole('button', { name: 'Remove Linen bookmark' }).waitFor()
    },
  },
  { name: 'shipping', show: (page) => openOrder(page, 'northlight-atlas') },
  { name: 'chosen-amount', show: (page) => openOrder(page, 'reading-room') },
  {
    name: 'questions',
    show: async (page, stack) => {
      const { slug } = await makeLink(stack, questions)
      const checkout = new CheckoutPage(page)
      await checkout.open(slug)
      await checkout.payWith(cards.good)
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  {
    name: 'declined',
    show: async (page) => {
      const checkout = await pay(page, 'quiet-machine', cards.declined)
      await checkout.problem.waitFor()
    },
  },
  {
    name: 'paid',
    show: async (page) => {
      const checkout = await pay(page, 'quiet-machine', cards.good)
      await checkout.expectReceipt(/./)
    },
  },
  {
    name: 'processing',
    show: (page) => payByDebit(page, 'generatedSepaDebitIntentsSucceedDelayed@example.com'),
  },
  {
    name: 'failed',
    show: async (page) => {
      await payByDebit(page, 'generatedSepaDebitIntentsFail@example.com')
      await page.getByRole('heading', { level: 1 }).filter({ hasText: 'failed' }).waitFor()
    },
  },
  {
    name: 'free-order',
    show: async (page, stack) => {
      const coupon = await stack.sandbox.stripe.coupons.create({ percent_off: 100, duration: 'once' })
      const { slug } = await makeLink(stack, { discounts: [{ coupon: coupon.id }] })
      await new CheckoutPage(page).open(slug)
    },
  },
  {
    name: 'tax-and-business',
    show: async (page, stack) => {
      const { slug } = await makeLink(stack, {
        automatic_tax: { enabled: true },
        tax_id_collection: { enabled: true, required: 'never' },
      })
      const checkout = new CheckoutPage(page)
      await openOrder(page, slug)
      await checkout.fillAddress('billing')
      await page.getByText('€5.60').waitFor()
    },
  },
  {
    name: 'ended',
    show: async (page, stack) => {
      const { id, slug } = await makeLink(stack, {})
      const checkout = new CheckoutPage(page)
      await checkout.open(slug)
      const [row] = await stack.sql`select stripe_session_id from checkout_sessions where link_id = ${id}`
      await stack.sandbox.stripe.checkout.sessions.expire(row?.stripe_session_id)
      await checkout.payWith(cards.good)
      await page.getByRole('button', { name: 'Start again' }).waitFor()
    },
  },
  {
    name: 'in-review',
    show: async (page, stack) => {
      const { id, slug } = await makeLink(stack, {})
      const checkout = new CheckoutPage(page)
      await checkout.open(slug)
      await stack.sql`
        update checkout_sessions set snapshot = jsonb_set(snapshot, '{items,0,unit_amount}', '1')
        where link_id = ${id}`
      await checkout.payWith(cards.good)
      await checkout.expectReceipt(/checking it/)
    },
  },
  {
    name: 'finish',
    show: async (page, stack) => {
      const { token } = await unfinishedCharge(stack, 'Box of November')
      await page.goto(`/finish/${token}`)
      await page.getByRole('button', { name: /^Pay €/ }).waitFor()
    },
  },
  { name: 'switched-off', show: visit('/advent-parcel') },
  { name: 'sold-out', show: visit('/first-edition') },
  {
    name: 'not-yet-on-sale',
    show: async (page, stack) => {
      const link = await limitedLink(stack, { starts_at: Math.ceil(Date.now() / 1000) + 86_400 })
      await page.goto(`/${link.slug}`)
    },
  },
  {
    name: 'over',
    show: async (page, stack) => {
      const link = await limitedLink(stack, { ends_at: Math.floor(Date.now() / 1000) - 60 })
      await page.goto(`/${link.slug}`)
    },
  },
  { name: 'unknown', show: visit('/no-such-link') },
  {
    name: 'broken',
    show: async (page, stack) => {
      const { slug } = await makeLink(stack, brokenLink)
      await page.goto(`/${slug}`)
    },
  },
  {
    name: 'stripe-blocked',
    show: async (page) => {
      await page.route('**/v3/stripe.js', (route) => route.abort())
      await page.goto('/quiet-machine')
      await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor()
    },
  },
  {
    name: 'arabic',
    locale: 'ar',
    show: async (page) => {
      await page.goto('/winter-reading?locale=ar')
      await page.locator('button[type=submit]:enabled:not([aria-disabled=true])').last().waitFor()
    },
  },
]

import { describe, expect, test } from 'vitest'
import type { LinkConfig } from '@/db/types'
import { sessionParams } from '@/lib/checkout/params'
import type { PublicItem } from '@/lib/links/offer'
import { parseLinkParams } from '@/lib/links/params'
import { createLinkInput } from '@/lib/links/schema'

const book: PublicItem = {
  price: 'price_book',
  name: 'Book',
  description: null,
  image: null,
  quantity: 1,
  adjustable: null,
  unit_amount: 2800,
  recurring: null,
  chosen: null,
}
const gift = { ...book, chosen: { product: 'prod_gift', minimum: 500, maximum: 90_000 } }
const monthly = { ...book, recurring: { interval: 'month' as const, interval_count: 1 } }

type Opening = Parameters<typeof sessionParams>[0]

const defaults = createLinkInput.parse({ line_items: [{ price: 'price_book', quantity: 1 }] })

function paramsOf(config: Partial<LinkConfig>, more: Partial<Opening> = {}) {
  return sessionParams({
    sessionId: 'cks_1',
    link: { id: 'plink_1', slug: 'book', version: 3 },
    config: { ...(defaults as Omit<LinkConfig, 'currency'>), currency: 'eur', ...config },
    items: [book],
    params: parseLinkParams(''),
    customer: null,
    language: 'en',
    baseUrl: 'https://pay.acme.test',
    ...more,
  })
}

// Mutant: left out when it is off, so that the account's dashboard decides.
test('whether prices are converted is always said', () => {
  expect(paramsOf({}).adaptive_pricing).toEqual({ enabled: false })
  expect(paramsOf({ adaptive_pricing: { enabled: true } }).adaptive_pricing).toEqual({ enabled: true })
  const chosen = paramsOf({ adaptive_pricing: { enabled: true } }, { items: [gift] })
  expect(chosen.adaptive_pricing).toEqual({ enabled: false })
})

describe('the metadata of what is paid', () => {
  const keys = (name: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}_${index}`, name]))

  // Mutant: both are merged whole, and Stripe refuses the fifty-first key.
  test.each([
    ['payment', book],
    ['subscription', monthly],
  ])('of a %s has fifty keys at most: ours, its own, then the link’s', (mode, item) => {
    const own = { ...keys('own', 30), both: 'own' }
    const made = paramsOf(
      {
        metadata: { both: 'link', ...keys('link', 40) },
        payment_intent_data: { ...defaults.payment_intent_data, metadata: own },
        subscription_data: { ...defaults.subscription_data, metadata: own },
      },
      { items: [item], params: parseLinkParams('?utm_source=chat') },
    )
    const metadata = (mode === 'payment' ? made.payment_intent_data : made.subscription_data)?.metadata
    expect(Object.keys(metadata ?? {})).toHaveLength(50)
    expect(metadata).toMatchObject({ buylink_session: 'cks_1', utm_source: 'chat', ...own, link_0: 'link' })
    expect(made.metadata).toMatchObject({ buylink_version: '3', both: 'link', ...keys('link', 40) })
  })
})

describe('kept ways to pay', () => {
  const saves = { saved_payment_method_options: { payment_method_save: 'enabled' as const } }
  const shown = { allow_redisplay_filters: ['always', 'limited'] }

  // Mutant: what was kept by having paid (`limited`) is left out, as Stripe does by itself.
  test.each([
    ['payment', book],
    ['subscription', monthly],
  ])('of a known buyer are all shown in a %s, whether or not more can be kept', (_mode, item) => {
    const known = { customer: 'cus_1', items: [item] }
    expect(paramsOf({}, known).saved_payment_method_options).toEqual(shown)
    const both = { payment_method_save: 'enabled', ...shown }
    expect(paramsOf(saves, known).saved_payment_method_options).toEqual(both)
  })

  test('are no matter of a guest’s', () => {
    expect(paramsOf({}).saved_payment_method_options).toBeUndefined()
    expect(paramsOf(saves).saved_payment_method_options).toEqual({ payment_method_save: 'enabled' })
  })
})

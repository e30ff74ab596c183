import { expect, test } from 'vitest'
import type { LinkConfig } from '@/db/types'
import { sessionParams } from '@/lib/checkout/params'
import { parseLinkParams } from '@/lib/links/params'
import type { PublicItem } from '@/lib/links/public'
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

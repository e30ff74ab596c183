import { expect, test } from 'vitest'
import { db } from '@/db/client'
import { findPublicLink, type PublicLink } from '@/lib/links/public'
import { sharedStack } from '../support/api'
import { joinStack } from '../support/domain'

const stack = sharedStack()

/** Runs `work` and counts what it asks the database. */
async function reads<T>(work: () => Promise<T>): Promise<{ result: T; queries: string[] }> {
  const client = db().$client
  const ask = client.unsafe
  const queries: string[] = []
  client.unsafe = ((...given: Parameters<typeof ask>) => {
    queries.push(given[0])
    return ask(...given)
  }) as typeof ask
  try {
    return { result: await work(), queries }
  } finally {
    client.unsafe = ask
  }
}

// Mutant: read the prices, the rates or the merchant after the link.
test.each([
  ['winter-reading', { optional_items: ['Linen bookmark', 'Tea for long evenings'], shipping_options: [] }],
  ['northlight-atlas', { optional_items: [], shipping_options: ['Standard', 'Express'] }],
])('all that the page of %s shows is one read', async (slug, expected) => {
  const leave = joinStack(stack)
  try {
    const { result, queries } = await reads(() => findPublicLink(slug))
    expect(queries).toHaveLength(1)
    const { link } = result as { link: PublicLink }
    expect(link.merchant.name).toBe('Northlight Books')
    expect(link.items.every(({ unit_amount }) => unit_amount > 0)).toBe(true)
    expect({
      optional_items: link.optional_items.map(({ name }) => name),
      shipping_options: link.shipping_options.map(({ name }) => name),
    }).toEqual(expected)
  } finally {
    await leave()
  }
})

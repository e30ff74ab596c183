import type { CreateLinkInput } from '@/lib/links/schema'
import { joinStack } from './domain'
import type { StackAddresses } from './stack'

type Item = { name: string; description?: string; unit_amount: number }

/**
 * A link of its own, made by the product's functions: a product and a price for each item, and whatever else the
 * link is to carry.
 * @returns its slug
 */
export async function offeredLink(
  stack: Pick<StackAddresses, 'env'>,
  items: Item[],
  input: Partial<CreateLinkInput> = {},
): Promise<string> {
  const leave = joinStack(stack)
  try {
    const { createPrice, createProduct } = await import('@/lib/catalog/catalog')
    const { createLink } = await import('@/lib/links/links')
    const line_items: { price: string; quantity: number }[] = []
    for (const { unit_amount, ...product } of items) {
      const { id } = await createProduct(product)
      const { id: price } = await createPrice({ product: id, currency: 'eur', unit_amount })
      line_items.push({ price, quantity: 1 })
    }
    return (await createLink({ ...input, line_items })).slug
  } finally {
    await leave()
  }
}

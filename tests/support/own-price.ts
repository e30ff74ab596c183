import type { LinkItem } from '@/db/types'
import type { StackClient } from './stack'

type Sold = { name: string; amount: number; images?: string[]; tax_behavior?: 'inclusive' | 'exclusive' }

/** A product of its own with one price in euros, at the sandbox and in our tables, as one item of a link. */
export async function ownItem(
  { sql, sandbox: { stripe } }: Pick<StackClient, 'sql' | 'sandbox'>,
  { name, amount, images = [], tax_behavior = 'exclusive' }: Sold,
): Promise<LinkItem> {
  const product = await stripe.products.create({ name, images })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: amount,
    tax_behavior,
  })
  await sql`
    insert into products (id, livemode, name, images) values (${product.id}, false, ${name}, ${sql.json(images)})`
  await sql`
    insert into prices (id, livemode, product_id, currency, unit_amount, type)
    values (${price.id}, false, ${product.id}, 'eur', ${amount}, 'one_time')`
  return {
    price: price.id,
    quantity: 1,
    adjustable_quantity: { enabled: false, minimum: 0, maximum: 99 },
  }
}

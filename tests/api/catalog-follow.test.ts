import { expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { eventually } from '../support/buyer'

const stack = sharedStack()
const { sql, sandbox } = stack

async function soldAt(slug: string) {
  const [row] = await sql`
    select p.id price, p.product_id product from payment_links l
    join payment_link_versions v on v.link_id = l.id and v.version = l.version
    join prices p on p.id = v.config #>> '{line_items,0,price}'
    where l.slug = ${slug}`
  return row as { price: string; product: string }
}

// Mutants: believe the event instead of asking; leave a deleted product on sale.
test('a product that is renamed or switched off at Stripe is so here', async () => {
  const { product } = await soldAt('first-edition')
  const name = 'Northlight 1998 <b>& friends</b>'
  await sandbox.stripe.products.update(product, { name, active: false })
  await eventually(async () => {
    const [row] = await sql`select name, active from products where id = ${product}`
    return row?.name === name && row.active === false ? true : null
  })
  await sandbox.stripe.products.update(product, { name: 'Northlight 1998, first edition', active: true })
  await eventually(async () => {
    const [row] =
      await sql`select active from products where id = ${product} and name like 'Northlight%edition'`
    return row?.active === true ? true : null
  })
})

test('a price that is archived at Stripe and taken up again is so here', async () => {
  const { price } = await soldAt('first-edition')
  for (const active of [false, true]) {
    await sandbox.stripe.prices.update(price, { active })
    await eventually(async () => {
      const [row] = await sql`select active from prices where id = ${price}`
      return row?.active === active ? true : null
    })
  }
})

test('products of somebody else are not taken up', async () => {
  const { id } = await sandbox.stripe.products.create({ name: 'Not ours' })
  const event = await eventually(async () => {
    const [row] =
      await sql`select state, reason from stripe_events where object_id = ${id} and state <> 'pending'`
    return row
  })
  expect(event).toMatchObject({ state: 'ignored' })
  expect(await sql`select 1 from products where id = ${id}`).toEqual([])
})

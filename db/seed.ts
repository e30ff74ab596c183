import { and, eq, notInArray } from 'drizzle-orm'
import { merchantIsUnnamed, saveMerchant } from '@/lib/accounts/merchant'
import { createPrice, createProduct } from '@/lib/catalog/catalog'
import { createCoupon, createPromotionCode, readActiveCode } from '@/lib/catalog/discounts'
import { createShippingRate } from '@/lib/catalog/shipping'
import { env } from '@/lib/env'
import { createLink, updateLink } from '@/lib/links/links'
import { db } from './client'
import { coupons, shippingRates } from './offers-schema'
import { paymentLinks, prices, products } from './schema'
import { type Offer, type OfferedItem, offers, promotion, rates } from './seed-offers'
import { sellDemoOrders } from './seed-orders'

const slugs = offers.map(({ link }) => link.slug)

/**
 * Fills an empty database with a believable catalogue, through the same functions the product uses; with the
 * sandbox in place of Stripe it also sells something, so that a first look shows real orders.
 *
 * One that was interrupted is gone on with, since every step leaves alone what is there. A database that holds a
 * link of the merchant's own is left alone.
 */
export async function seed(): Promise<void> {
  const own = await db()
    .select({ id: paymentLinks.id })
    .from(paymentLinks)
    .where(notInArray(paymentLinks.slug, slugs))
    .limit(1)
  if (own.length > 0) return
  const made = await db().select().from(paymentLinks)
  if (made.length < offers.length) await makeLinks(made)
  if (env().stripe.apiBase) await sellDemoOrders(env().stripe.apiBase as string)
}

async function makeLinks(made: (typeof paymentLinks.$inferSelect)[]): Promise<void> {
  if (await merchantIsUnnamed()) {
    await saveMerchant({ name: 'Northlight Books', supportEmail: 'hello@northlight.example' })
  }
  for (const offer of [...offers].reverse()) {
    const link = made.find(({ slug }) => slug === offer.link.slug) ?? (await makeLink(offer))
    if (offer.switchedOff && link.active) await updateLink(link.id, { active: false })
  }
}

async function makeLink({ link, ships, discounted, optional = [], ...item }: Offer) {
  const line_items = [await makeItem(item)]
  const optional_items: Awaited<ReturnType<typeof makeItem>>[] = []
  for (const each of optional) optional_items.push(await makeItem(each))
  const shipping_options: { shipping_rate: string }[] = []
  if (ships) for (const rate of rates) shipping_options.push({ shipping_rate: await makeRate(rate) })
  if (discounted) await makePromotionCode()
  return createLink({ ...link, line_items, optional_items, shipping_options })
}

async function makeItem({ product, price, quantity = 1, adjustable }: OfferedItem) {
  const { livemode } = env().stripe
  const [known] = await db()
    .select()
    .from(products)
    .where(and(eq(products.name, product.name), eq(products.livemode, livemode)))
  const { id } = known ?? (await createProduct(product))
  const [priced] = await db().select().from(prices).where(eq(prices.productId, id))
  const { id: priceId } = priced ?? (await createPrice({ product: id, ...price }))
  return {
    price: priceId,
    quantity,
    ...(adjustable && { adjustable_quantity: { enabled: true, ...adjustable } }),
  }
}

async function makeRate(rate: (typeof rates)[number]): Promise<string> {
  const { livemode } = env().stripe
  const [known] = await db()
    .select()
    .from(shippingRates)
    .where(and(eq(shippingRates.name, rate.display_name), eq(shippingRates.livemode, livemode)))
  return (known ?? (await createShippingRate(rate))).id
}

/** Asks Stripe, which takes a code once: the answer of an interrupted seed may never have come here. */
async function makePromotionCode(): Promise<void> {
  if (await readActiveCode(promotion.code)) return
  const { livemode } = env().stripe
  const [known] = await db()
    .select()
    .from(coupons)
    .where(and(eq(coupons.name, promotion.coupon.name), eq(coupons.livemode, livemode)))
  const { id } = known ?? (await createCoupon(promotion.coupon))
  await createPromotionCode({ coupon: id, code: promotion.code })
}

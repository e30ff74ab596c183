import { sql } from 'drizzle-orm'
import { merchantIsUnnamed, saveMerchant } from '@/lib/accounts/merchant'
import { createPrice, createProduct } from '@/lib/catalog/catalog'
import { env } from '@/lib/env'
import { createLink, updateLink } from '@/lib/links/links'
import type { CreateLinkInput } from '@/lib/links/schema'
import { db } from './client'
import { paymentLinks } from './schema'
import { sellDemoOrders } from './seed-orders'

type Offer = {
  product: { name: string; description: string }
  price: { currency: string; unit_amount: number; recurring?: { interval: 'month' | 'year' } }
  link: Omit<CreateLinkInput, 'line_items'> & { slug: string }
  quantity?: number
  adjustable?: { minimum: number; maximum: number }
}

/** A small bookshop: enough to try every kind of link the page knows. */
const offers: Offer[] = [
  {
    product: { name: 'The Quiet Machine', description: 'Signed hardcover' },
    price: { currency: 'eur', unit_amount: 2800 },
    adjustable: { minimum: 1, maximum: 10 },
    link: {
      slug: 'quiet-machine',
      name: 'The Quiet Machine, signed',
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: {
          custom_message:
            'We sign and post your books within two days. You will get a tracking number by e-mail.',
        },
      },
    },
  },
  {
    product: {
      name: 'Bookbinding workshop, Kyoto',
      description: 'One seat, Saturday 10:00 to 16:00, material included',
    },
    price: { currency: 'jpy', unit_amount: 12_000 },
    adjustable: { minimum: 1, maximum: 4 },
    link: { slug: 'bookbinding-kyoto', name: 'Bookbinding workshop', submit_type: 'book' },
  },
  {
    product: { name: 'Northlight monthly', description: 'A new paperback in your letterbox every month' },
    price: { currency: 'eur', unit_amount: 1450, recurring: { interval: 'month' } },
    link: { slug: 'northlight-monthly', submit_type: 'subscribe' },
  },
  {
    product: { name: 'A chair for the reading room', description: 'Every five euros bring it nearer' },
    price: { currency: 'eur', unit_amount: 500 },
    quantity: 2,
    adjustable: { minimum: 1, maximum: 200 },
    link: { slug: 'reading-room', name: 'Donation', submit_type: 'donate' },
  },
  {
    product: { name: 'Northlight 1998, first edition', description: 'The only copy we have' },
    price: { currency: 'eur', unit_amount: 24_000 },
    link: {
      slug: 'first-edition',
      restrictions: { completed_sessions: { limit: 1 } },
      inactive_message: 'The first edition has found its reader. The signed hardcover is still to be had.',
    },
  },
  {
    product: { name: 'Advent parcel', description: 'Four books, four Sundays' },
    price: { currency: 'eur', unit_amount: 6900 },
    link: { slug: 'advent-parcel', inactive_message: 'The advent parcel comes back in November.' },
  },
]

/**
 * Fills an empty database with a believable catalogue, through the same functions the product uses; with the
 * sandbox in place of Stripe it also sells something, so that a first look shows real orders.
 * A database that holds any link is left alone.
 */
export async function seed(): Promise<void> {
  const [existing] = await db().select({ count: sql<number>`count(*)::int` }).from(paymentLinks)
  if (existing && existing.count > 0) return
  if (await merchantIsUnnamed()) {
    await saveMerchant({ name: 'Northlight Books', supportEmail: 'hello@northlight.example' })
  }
  for (const offer of [...offers].reverse()) {
    const link = await createOffer(offer)
    if (offer.link.slug === 'advent-parcel') await updateLink(link.id, { active: false })
  }
  if (env().stripe.apiBase) await sellDemoOrders(env().stripe.apiBase as string)
}

async function createOffer({ product, price, link, quantity = 1, adjustable }: Offer) {
  const { id } = await createProduct(product)
  const created = await createPrice({ product: id, ...price })
  const item = {
    price: created.id,
    quantity,
    ...(adjustable && { adjustable_quantity: { enabled: true, ...adjustable } }),
  }
  return createLink({ ...link, line_items: [item] })
}

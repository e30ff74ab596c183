import type { createPrice } from '@/lib/catalog/catalog'
import type { createShippingRate } from '@/lib/catalog/shipping'
import type { CreateLinkInput } from '@/lib/links/schema'

export type OfferedItem = Pick<Offer, 'product' | 'price' | 'quantity' | 'adjustable'>

export type Offer = {
  product: { name: string; description: string }
  price: Omit<Parameters<typeof createPrice>[0], 'product'>
  link: Omit<CreateLinkInput, 'line_items' | 'optional_items'> & { slug: string }
  quantity?: number
  adjustable?: { minimum: number; maximum: number }
  /** By the rates below. */
  ships?: true
  /** With the promotion code below. */
  discounted?: true
  switchedOff?: true
  /** What goes well with it. */
  optional?: OfferedItem[]
}

/** A small bookshop: enough to try every kind of link the page knows. */
export const offers: Offer[] = [
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
    product: { name: 'The Northlight Atlas', description: 'Large format, 240 maps, printed in Leipzig' },
    price: { currency: 'eur', unit_amount: 7200 },
    ships: true,
    link: {
      slug: 'northlight-atlas',
      shipping_address_collection: { allowed_countries: ['AT', 'BE', 'DE', 'DK', 'FR', 'LU', 'NL'] },
    },
  },
  {
    product: {
      name: 'A book with your name in it',
      description: 'Printed to order, with a dedication on its first page',
    },
    price: { currency: 'eur', unit_amount: 3900 },
    link: {
      slug: 'dedicated-copy',
      name: 'Dedicated copy',
      phone_number_collection: { enabled: true },
      custom_fields: [
        { key: 'name', label: 'Name in the book', type: 'text', maximum: 40 },
        { key: 'dedication', label: 'Dedication', type: 'long_text', optional: true, maximum: 300 },
        {
          key: 'cover',
          label: 'Cover',
          type: 'dropdown',
          options: [
            { label: 'Linen, blue', value: 'blue' },
            { label: 'Linen, red', value: 'red' },
            { label: 'Leather, black', value: 'black' },
          ],
        },
        { key: 'needed', label: 'Needed by', type: 'date', optional: true },
        { key: 'gift', label: 'Wrap it as a present', type: 'checkbox', optional: true },
      ],
      consent_collection: { promotions: 'auto' },
      custom_text: { submit: 'We print on Tuesdays. Until then you can write to us to change a letter.' },
    },
  },
  {
    product: {
      name: 'Northlight digital',
      description: 'Every new book as an e-book, and the archive to read in',
    },
    price: { currency: 'eur', unit_amount: 900, recurring: { interval: 'month' } },
    link: {
      slug: 'northlight-digital',
      submit_type: 'subscribe',
      subscription_data: { trial_period_days: 14 },
    },
  },
  {
    product: {
      name: 'Winter reading, three novels',
      description: 'Chosen by us and wrapped, to be collected at our shop',
    },
    price: { currency: 'eur', unit_amount: 5400 },
    adjustable: { minimum: 1, maximum: 5 },
    optional: [
      {
        product: { name: 'Linen bookmark', description: 'Woven in Bergen' },
        price: { currency: 'eur', unit_amount: 600 },
      },
      {
        product: { name: 'Tea for long evenings', description: 'Black tea with orange, 100 g' },
        price: { currency: 'eur', unit_amount: 950 },
        adjustable: { minimum: 1, maximum: 4 },
      },
    ],
    discounted: true,
    link: { slug: 'winter-reading', name: 'Winter reading', allow_promotion_codes: true },
  },
  {
    product: { name: 'A chair for the reading room', description: 'Whatever you like to give' },
    price: { currency: 'eur', custom_unit_amount: { preset: 2500, minimum: 200, maximum: 50_000 } },
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
    switchedOff: true,
    link: { slug: 'advent-parcel', inactive_message: 'The advent parcel comes back in November.' },
  },
]

export const rates: Parameters<typeof createShippingRate>[0][] = [
  {
    display_name: 'Standard',
    currency: 'eur',
    amount: 350,
    delivery_estimate: {
      minimum: { unit: 'business_day', value: 3 },
      maximum: { unit: 'business_day', value: 5 },
    },
  },
  {
    display_name: 'Express',
    currency: 'eur',
    amount: 900,
    delivery_estimate: { maximum: { unit: 'business_day', value: 2 } },
  },
]

export const promotion = { code: 'WINTER20', coupon: { name: 'Winter, 20 % off', percent_off: 20 } }

import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import type { ChargeSnapshot, SnapshotItem } from '@/db/types'
import { differences } from '@/lib/checkout/compare'

const book: SnapshotItem = {
  price: 'price_book',
  name: 'Book',
  unit_amount: 2000,
  quantity: 1,
  minimum: 1,
  maximum: 1,
}

type Sold = {
  snapshot?: Partial<ChargeSnapshot>
  lines?: Partial<Stripe.LineItem>[]
  discount?: number
  shipping?: number
  tax?: number
  total: number
  subtotal?: number
  more?: object
  chosenAmounts?: number[]
}

/** What is said of a session that sold a book for 20.00 with something off or on. */
function said({ snapshot, lines = [{}], discount = 0, shipping = 0, tax = 0, ...rest }: Sold): string[] {
  const row = {
    id: 'cks_1',
    livemode: false,
    linkId: 'plink_1',
    linkVersion: 1,
    clientReferenceId: null,
    stripeSessionId: null,
    chosenAmounts: rest.chosenAmounts ?? [],
    snapshot: { mode: 'payment' as const, currency: 'eur', items: [book], ...snapshot },
  }
  const session = {
    mode: row.snapshot.mode,
    livemode: false,
    currency: 'eur',
    client_reference_id: null,
    metadata: { buylink_session: 'cks_1', buylink_link: 'plink_1', buylink_version: '1' },
    amount_subtotal: rest.subtotal ?? 2000,
    amount_total: rest.total,
    total_details: { amount_discount: discount, amount_shipping: shipping, amount_tax: tax },
    discounts: [],
    shipping_cost: null,
    ...rest.more,
  }
  const sold = lines.map((line) => ({
    price: { id: 'price_book', product: 'prod_book', unit_amount: 2000 },
    quantity: 1,
    amount_subtotal: 2000,
    amount_discount: 0,
    amount_total: 2000,
    ...line,
  }))
  return differences(row, session as unknown as Stripe.Checkout.Session, sold as unknown as Stripe.LineItem[])
}

describe('a discount', () => {
  const off = {
    discount: 400,
    total: 1600,
    lines: [{ amount_discount: 400, amount_total: 1600 }],
    more: { discounts: [{ coupon: 'ten', promotion_code: 'promo_1' }] },
  }
  test('comes off where the link takes codes, or has it', () => {
    expect(said({ ...off, snapshot: { discount: 'codes' } })).toEqual([])
    expect(said({ ...off, snapshot: { discount: { coupon: 'ten' } } })).toEqual([])
    expect(said({ ...off, snapshot: { discount: { promotion_code: 'promo_1' } } })).toEqual([])
  })
  // Mutants: accept any discount; accept whatever coupon where one was agreed.
  test('is found where the link has none, or another one', () => {
    expect(said(off)).not.toEqual([])
    expect(said({ ...off, snapshot: { discount: { coupon: 'half' } } })).not.toEqual([])
    expect(said({ ...off, snapshot: { discount: { promotion_code: 'promo_2' } } })).not.toEqual([])
    expect(
      said({
        ...off,
        snapshot: { discount: 'codes' },
        more: { discounts: [{ coupon: 'ten', promotion_code: null }] },
      }),
    ).not.toEqual([])
  })
  test('does not hide a total that is lower still', () => {
    expect(said({ ...off, total: 1599, snapshot: { discount: 'codes' } })).not.toEqual([])
  })
})

describe('shipping', () => {
  const offered = { shipping: [{ shipping_rate: 'shr_a', amount: 350 }] }
  const cost = (shipping_rate: string, amount: number) => ({
    shipping_cost: { shipping_rate, amount_subtotal: amount, amount_tax: 0, amount_total: amount },
  })
  test('is one of the rates offered, at its amount', () => {
    expect(said({ snapshot: offered, shipping: 350, total: 2350, more: cost('shr_a', 350) })).toEqual([])
  })
  // Mutants: accept any shipping; accept a rate at another amount; do without.
  test('is found where it was not offered, is cheaper, or is left out', () => {
    expect(said({ shipping: 350, total: 2350, more: cost('shr_a', 350) })).not.toEqual([])
    expect(said({ snapshot: offered, shipping: 350, total: 2350, more: cost('shr_b', 350) })).not.toEqual([])
    expect(said({ snapshot: offered, shipping: 100, total: 2100, more: cost('shr_a', 100) })).not.toEqual([])
    expect(said({ snapshot: offered, total: 2000 })).not.toEqual([])
  })
})

describe('tax', () => {
  const taxed = { snapshot: { automatic_tax: true }, tax: 400 }
  test('comes on top of the prices or is part of them', () => {
    expect(said({ ...taxed, total: 2400, lines: [{ amount_total: 2400 }] })).toEqual([])
    expect(said({ ...taxed, total: 2000 })).toEqual([])
  })
  test('is found where the link has none, or where more than the tax came on top', () => {
    expect(said({ tax: 400, total: 2400, lines: [{ amount_total: 2400 }] })).not.toEqual([])
    expect(said({ ...taxed, total: 2500, lines: [{ amount_total: 2500 }] })).not.toEqual([])
    expect(said({ ...taxed, total: 1900, lines: [{ amount_total: 1900 }] })).not.toEqual([])
  })
})

describe('an amount the buyer chose', () => {
  const gift = { ...book, chosen: { product: 'prod_gift', minimum: 500, maximum: 10_000 } }
  const paid = (unit_amount: number, chosenAmounts: number[]) =>
    said({
      snapshot: { items: [gift] },
      chosenAmounts,
      subtotal: unit_amount,
      total: unit_amount,
      lines: [
        {
          price: { id: 'price_inline', product: 'prod_gift', unit_amount } as Stripe.Price,
          amount_subtotal: unit_amount,
          amount_total: unit_amount,
        },
      ],
    })
  test('is the one the server allowed, or the one suggested before', () => {
    expect(paid(700, [700])).toEqual([])
    expect(paid(2000, [])).toEqual([])
    expect(paid(700, [2000, 700])).toEqual([])
  })
  // Mutants: take the amount from the session; forget the bounds.
  test('is found where the server did not allow it, and out of bounds in any case', () => {
    expect(paid(700, [])).not.toEqual([])
    expect(paid(700, [800])).not.toEqual([])
    expect(paid(499, [499])).not.toEqual([])
    expect(paid(10_001, [10_001])).not.toEqual([])
  })
})

describe('an optional item', () => {
  const bookmark: SnapshotItem = {
    price: 'price_mark',
    name: 'Bookmark',
    unit_amount: 600,
    quantity: 1,
    minimum: 1,
    maximum: 3,
    optional: true,
  }
  const items = [book, bookmark]
  const marks = (quantity: number) => ({
    price: { id: 'price_mark', product: 'prod_mark', unit_amount: 600 } as Stripe.Price,
    quantity,
    amount_subtotal: 600 * quantity,
    amount_total: 600 * quantity,
  })
  test('may be there in its bounds, or not', () => {
    expect(said({ snapshot: { items }, total: 2000 })).toEqual([])
    expect(said({ snapshot: { items }, lines: [{}, marks(3)], subtotal: 3800, total: 3800 })).toEqual([])
  })
  test('is found outside of its bounds, and does not replace what it goes with', () => {
    expect(said({ snapshot: { items }, lines: [{}, marks(4)], subtotal: 4400, total: 4400 })).not.toEqual([])
    expect(said({ snapshot: { items }, lines: [marks(1)], subtotal: 600, total: 600 })).not.toEqual([])
  })
})

test('in a trial only what is not postponed is due', () => {
  const monthly: SnapshotItem = { ...book, price: 'price_month', name: 'Monthly', trial: true }
  const month = { id: 'price_month', product: 'prod_month', unit_amount: 2000 } as Stripe.Price
  const items = [book, monthly]
  const snapshot = { mode: 'subscription' as const, items }
  const free = { price: month, amount_subtotal: 0, amount_total: 0 }
  expect(said({ snapshot, lines: [{}, free], total: 2000 })).toEqual([])
  expect(said({ snapshot, lines: [{}, { price: month }], total: 2000 })).toEqual([])
  expect(said({ snapshot, lines: [{}, { ...free, amount_subtotal: 1 }], total: 2000 })).not.toEqual([])
})

import { describe, expect, test } from 'vitest'
import { chosenBounds, chosenProblem } from '@/lib/links/chosen-amount'
import { decimalText, parseMoney } from '@/lib/money'
import { includedTax } from '@/lib/orders/net'

const none = { preset: null, minimum: null, maximum: null }

describe('the bounds of an amount the buyer chooses', () => {
  // Mutant: take the price's minimum as it is.
  test("never lie below Stripe's smallest charge", () => {
    expect(chosenBounds(none, 'eur')).toEqual({ minimum: 50, maximum: 1_000_000, suggested: 50 })
    expect(chosenBounds({ ...none, minimum: 1 }, 'jpy').minimum).toBe(50)
  })
  test('are the price’s own where it has them, and hold the suggestion', () => {
    const custom = { preset: 1500, minimum: 500, maximum: 90_000 }
    expect(chosenBounds(custom, 'eur')).toEqual({ minimum: 500, maximum: 90_000, suggested: 1500 })
    expect(chosenBounds({ ...custom, preset: 100 }, 'eur').suggested).toBe(500)
  })
  test('are kept to the unit, in steps of the currency', () => {
    const bounds = { minimum: 500, maximum: 900 }
    expect([499, 500, 900, 901].map((amount) => chosenProblem(amount, bounds, 'eur'))).toEqual([
      'below',
      null,
      null,
      'above',
    ])
    expect(chosenProblem(505, bounds, 'kwd')).toBe('step')
  })
})

describe('an amount that is typed', () => {
  test('is read in the digits and with the separator of its writer', () => {
    expect(parseMoney('٤٠٫٥٠', 'eur')).toEqual({ ok: true, amount: 4050 })
    expect(parseMoney('۴۰', 'jpy')).toEqual({ ok: true, amount: 40 })
  })
  test('is shown so that it reads back as the same', () => {
    expect(decimalText(4050, 'eur', 'de')).toBe('40,50')
    for (const locale of ['en', 'de', 'ar', 'fr-CA', 'ja']) {
      for (const [amount, currency] of [
        [4050, 'eur'],
        [40, 'jpy'],
        [12_340, 'kwd'],
      ] as const) {
        expect(parseMoney(decimalText(amount, currency, locale), currency)).toEqual({ ok: true, amount })
      }
    }
  })
})

test('tax that is part of the prices is told from tax on top of them', () => {
  const order = { amountSubtotal: 2000, amountDiscount: 400, amountShipping: 350, amountTax: 325 }
  expect(includedTax({ ...order, amountTotal: 1950 })).toBe(325)
  expect(includedTax({ ...order, amountTotal: 2275 })).toBe(0)
})

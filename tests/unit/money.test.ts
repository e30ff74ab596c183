import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  amountStep,
  currencyExponent,
  formatMoney,
  minimumCharge,
  parseMoney,
  toDecimalString,
} from '@/lib/money'

describe('minor units', () => {
  // Mutant: every currency has two decimals. ¥12000 would be shown as ¥120.
  test.each([
    ['eur', 6270, '€62.70'],
    ['usd', 50, '$0.50'],
    ['jpy', 12_000, '¥12,000'],
    ['krw', 1, '₩1'],
    ['kwd', 12_340, 'KWD 12.340'],
    ['bhd', 1010, 'BHD 1.010'],
    ['isk', 50_000, 'ISK 500'],
    ['ugx', 500_000, 'UGX 5,000'],
    ['eur', 0, '€0.00'],
    ['eur', -1480, '-€14.80'],
    ['usd', 99_999_999, '$999,999.99'],
  ])('%s %i is written %s', (currency, amount, written) => {
    expect(formatMoney(amount, currency).replace(/\u00a0/g, ' ')).toBe(written)
  })

  test('amounts follow the language', () => {
    expect(formatMoney(123_456, 'eur', 'de').replace(/\u00a0/g, ' ')).toBe('1.234,56 €')
  })

  test('codes may come in capitals', () => {
    expect(currencyExponent('JPY')).toBe(0)
    expect(amountStep('KWD')).toBe(10)
    expect(minimumCharge('GBP')).toBe(30)
  })

  test('a fraction of a minor unit is refused', () => {
    expect(() => toDecimalString(12.5, 'eur')).toThrow(RangeError)
  })

  test('what is typed and what is written are the same amount', () => {
    const currency = fc.constantFrom('eur', 'jpy', 'kwd', 'isk')
    const property = fc.property(currency, fc.integer({ min: 0, max: 999_999 }), (code, steps) => {
      const amount = steps * amountStep(code)
      expect(parseMoney(toDecimalString(amount, code), code)).toEqual({ ok: true, amount })
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

describe('typed amounts', () => {
  test.each([
    ['12', 'eur', 1200],
    ['12.5', 'eur', 1250],
    [' 12,50 ', 'eur', 1250],
    ['1200', 'jpy', 1200],
    ['0.010', 'kwd', 10],
  ])('“%s” in %s is %i', (text, currency, amount) => {
    expect(parseMoney(text, currency)).toEqual({ ok: true, amount })
  })

  test.each([
    ['1.234,56', 'eur'],
    ['12.345', 'eur'],
    ['12.5', 'jpy'],
    ['0.001', 'kwd'],
    ['1.50', 'isk'],
    ['-5', 'eur'],
    ['1e3', 'eur'],
    ['', 'eur'],
    ['99999999999', 'eur'],
  ])('“%s” in %s is refused with a reason', (text, currency) => {
    const parsed = parseMoney(text, currency)
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) })
  })
})

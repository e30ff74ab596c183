import { describe, expect, it } from 'vitest'
import { amountFormat, minorUnitsDivisor } from './host/amount'
import { totalGuard } from './host/total-guard'

const plain = (text: string) => text.replace(/\s/g, ' ')

describe('amounts', () => {
  it('are written for the reader, in the digits their currency has', () => {
    const written = (minor: number, currency: string, locale: string) =>
      plain(amountFormat(currency, locale)(minor).amount)
    expect(written(1200, 'eur', 'en')).toBe('€12.00')
    expect(written(1200, 'eur', 'de')).toBe('12,00 €')
    expect(written(5, 'usd', 'en')).toBe('$0.05')
    expect(written(-1480, 'usd', 'en')).toBe('-$14.80')
    expect(written(3500, 'jpy', 'en')).toBe('¥3,500')
    expect(written(12_340, 'kwd', 'en')).toBe('KWD 12.340')
    expect(written(4000, 'isk', 'en')).toBe('ISK 40')
  })

  it('keep every digit of the largest charge', () => {
    expect(amountFormat('usd', 'en')(99_999_999).amount).toBe('$999,999.99')
    expect(amountFormat('usd', 'en')(Number.MAX_SAFE_INTEGER).amount).toBe('$90,071,992,547,409.91')
  })

  it('come with the divisor of their minor units', () => {
    expect(['eur', 'jpy', 'kwd', 'ugx'].map(minorUnitsDivisor)).toEqual([100, 1, 1000, 100])
  })
})

describe('the total', () => {
  const amount = { minorUnitsAmount: 1200, amount: '€12.00' }
  const session = () =>
    ({ currency: 'eur', minorUnitsAmountDivisor: 100, total: { total: amount } }) as Parameters<
      ReturnType<typeof totalGuard>['watch']
    >[0]

  it('must have been read before a confirmation', () => {
    const guard = totalGuard()
    const seen = guard.watch(session())
    expect({ ...seen }.total).toBe(seen.total)
    expect(() => guard.check()).toThrow(/total\.total\.amount/)
    expect(seen.total.total.amount).toBe('€12.00')
    expect(() => guard.check()).not.toThrow()
  })

  it('may be read in minor units, with currency and divisor', () => {
    const guard = totalGuard()
    const seen = guard.watch(session())
    expect(seen.total.total.minorUnitsAmount).toBe(1200)
    expect(() => guard.check()).toThrow()
    expect([seen.currency, seen.minorUnitsAmountDivisor]).toEqual(['eur', 100])
    expect(() => guard.check()).not.toThrow()
  })
})

import { describe, expect, test } from 'vitest'
import { brandOf, passesLuhn } from './cards'
import { formatAmount, fractionDigits, smallestStep } from './currencies'
import { debitPlan, isIban } from './debits'
import { periodEnd } from './subscription-period'
import { multiply } from './totals'

test('decimal amounts are multiplied exactly and rounded half up', () => {
  expect(multiply('0.5', 1)).toBe(1)
  expect(multiply('0.49', 1)).toBe(0)
  expect(multiply('0.1', 3)).toBe(0)
  expect(multiply('1.005', 1000)).toBe(1005)
  expect(multiply('1200', 999_999)).toBe(1_199_998_800)
})

test('currencies have their digits and steps', () => {
  expect(['jpy', 'eur', 'kwd', 'isk', 'ugx'].map(fractionDigits)).toEqual([0, 2, 3, 2, 2])
  expect(['jpy', 'eur', 'kwd', 'isk', 'ugx'].map(smallestStep)).toEqual([1, 1, 10, 100, 100])
  expect(formatAmount(5, 'eur')).toBe('€0.05')
  expect(formatAmount(1200, 'jpy')).toBe('¥1200')
  expect(formatAmount(1230, 'kwd')).toBe('1.230 KWD')
})

describe('debits', () => {
  test.each([
    ['generatedSepaDebitIntentsFail@example.com', 'fail', false],
    ['x_generatedsepadebitintentsfaildelayed@example.com', 'fail', true],
    ['a_b_generatedSepaDebitIntentsSucceedDelayed@example.com', 'succeed', true],
    ['generatedSepaDebitIntentsSucceedDisputed@example.com', 'dispute', false],
    ['xgeneratedSepaDebitIntentsFail@example.com', 'succeed', false],
    ['', 'succeed', false],
  ])('%s', (email, outcome, isDelayed) => {
    expect(debitPlan(email)).toEqual({ outcome, isDelayed })
  })

  test('an IBAN needs its check digits', () => {
    expect(isIban('DE89370400440532013000')).toBe(true)
    expect(isIban('NL39RABO0300065264')).toBe(true)
    expect(isIban('DE88370400440532013000')).toBe(false)
    expect(isIban('DE')).toBe(false)
  })
})

test('cards are told apart by their numbers', () => {
  const numbers = [
    '4242424242424242',
    '5555555555554444',
    '378282246310005',
    '6011111111111117',
    '3566002020360505',
  ]
  expect(numbers.map(brandOf)).toEqual(['visa', 'mastercard', 'amex', 'discover', 'jcb'])
  expect(numbers.every(passesLuhn)).toBe(true)
  expect(passesLuhn('4242424242424241')).toBe(false)
})

test('a month after the last of January is the last of February', () => {
  const at = (text: string) => Math.floor(Date.parse(text) / 1000)
  expect(periodEnd(at('2027-01-31T10:00:00Z'), 'month', 1)).toBe(at('2027-02-28T10:00:00Z'))
  expect(periodEnd(at('2028-02-29T10:00:00Z'), 'year', 1)).toBe(at('2029-02-28T10:00:00Z'))
  expect(periodEnd(at('2027-01-31T10:00:00Z'), 'week', 2)).toBe(at('2027-02-14T10:00:00Z'))
})

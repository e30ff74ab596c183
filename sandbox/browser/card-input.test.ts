import { describe, expect, it } from 'vitest'
import { brandOf, cardNumberProblem, formatCardNumber } from './frame/card-number'
import { expiryProblem, formatExpiry } from './frame/expiry'
import { formatIban, ibanProblem } from './frame/iban'
import { testCards, testIban } from './frame/test-cards'

describe('a card number', () => {
  it('is grouped as on the card, whatever was pasted', () => {
    expect(formatCardNumber('4242-4242-4242-4242')).toBe('4242 4242 4242 4242')
    expect(formatCardNumber('378282246310005')).toBe('3782 822463 10005')
    expect(formatCardNumber('55555555555544449999')).toBe('5555 5555 5555 4444')
  })

  it('tells its scheme by the first digits', () => {
    expect(['4', '34', '2221', '2720', '6011', '35', '62', '9'].map((start) => brandOf(start).id)).toEqual([
      'visa',
      'amex',
      'mastercard',
      'mastercard',
      'discover',
      'jcb',
      'unionpay',
      'unknown',
    ])
  })

  it('is incomplete, wrong or good', () => {
    expect(cardNumberProblem('4242 4242')).toBe('incompleteNumber')
    expect(cardNumberProblem('4242 4242 4242 4241')).toBe('invalidNumber')
    expect(cardNumberProblem('4242 4242 4242 4242')).toBeNull()
  })

  it('is good on every test card that the form offers', () => {
    expect(testCards.map(({ number }) => cardNumberProblem(number))).toEqual(testCards.map(() => null))
  })
})

describe('an expiry date', () => {
  const today = new Date(2026, 10, 21)

  it('is written as it is typed, and can be deleted again', () => {
    expect(formatExpiry('1', false)).toBe('1')
    expect(formatExpiry('12', false)).toBe('12 / ')
    expect(formatExpiry('12 /', true)).toBe('12')
    expect(formatExpiry('4', false)).toBe('04 / ')
    expect(formatExpiry('1234', false)).toBe('12 / 34')
    expect(formatExpiry('04/2031', false)).toBe('04 / 31')
    expect(formatExpiry('1/27', false)).toBe('01 / 27')
  })

  it('is good to the end of its month', () => {
    expect(expiryProblem('11 / 26', today)).toBeNull()
    expect(expiryProblem('10 / 26', today)).toBe('pastExpiry')
    expect(expiryProblem('13 / 30', today)).toBe('invalidExpiry')
    expect(expiryProblem('12 / 99', today)).toBe('invalidExpiry')
    expect(expiryProblem('12 / ', today)).toBe('incompleteExpiry')
  })
})

describe('an IBAN', () => {
  it('is checked by country, length and check digits', () => {
    expect(ibanProblem(testIban)).toBeNull()
    expect(ibanProblem('nl39 rabo 0300 0652 64')).toBeNull()
    expect(ibanProblem('DE89 3704 0044 0532 0130 01')).toBe('invalidIban')
    expect(ibanProblem('DE89 3704')).toBe('incompleteIban')
    expect(ibanProblem('US89 3704 0044 0532 0130 00')).toBe('invalidIban')
  })

  it('is grouped in fours', () => {
    expect(formatIban('de89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00')
  })
})

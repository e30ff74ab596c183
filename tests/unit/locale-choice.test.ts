import { describe, expect, test } from 'vitest'
import { chooseLocale, matchLocale } from '@/lib/i18n/choose'
import { directionOf, findLocale, locales, nameOf } from '@/lib/i18n/locales'
import { overlay } from '@/lib/i18n/messages'
import { sessionLocale, stripeJsLocale } from '@/lib/i18n/stripe-locales'

describe('the language of a page', () => {
  test.each([
    [['de'], 'fr', 'de'],
    [['ZH-hk'], null, 'zh-HK'],
    [['xx', 'sv'], 'fr', 'sv'],
    [['xx'], 'fr-BE,fr;q=0.9,en;q=0.8', 'fr'],
    // Mutant: the header's order decides instead of its weights.
    [[], 'en;q=0.3, it;q=0.9', 'it'],
    [[], 'uk, de;q=0.5', 'de'],
    [[], 'de;q=0', 'en'],
    [[], '*, tlh, ;;q=x,', 'en'],
    [[], null, 'en'],
  ] as const)('asked for %j by a reader of %s is %s', (asked, header, locale) => {
    expect(chooseLocale(asked, header)).toBe(locale)
  })

  test.each([
    ['de-AT', 'de'],
    ['es-MX', 'es-419'],
    ['es-ES', 'es'],
    ['en-US', 'en'],
    ['en-AU', 'en-GB'],
    ['pt', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['pt-AO', 'pt'],
    ['zh-CN', 'zh'],
    ['zh-Hant', 'zh-TW'],
    ['zh-MO', 'zh-HK'],
    ['zh-Hans-HK', 'zh'],
    ['no', 'nb'],
    ['nn-NO', 'nb'],
    ['iw', 'he'],
    ['tl', 'fil'],
    ['hi', 'hi-IN'],
    ['ar-EG', 'ar'],
    // Mutant: the nearest language, as CLDR has it. A Ukrainian would read Russian.
    ['uk', null],
    ['not a tag', null],
  ])('a reader of %s reads %s', (tag, locale) => {
    expect(matchLocale(tag)).toBe(locale)
  })

  test('there are 43, each known to itself and to Stripe', () => {
    expect(new Set(locales).size).toBe(43)
    for (const locale of locales) {
      expect(findLocale(locale.toUpperCase())).toBe(locale)
      expect(Intl.NumberFormat.supportedLocalesOf(locale)).toEqual([locale])
      expect(nameOf(locale)).not.toBe('')
    }
    expect(locales.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar', 'he'])
    expect(locales.filter((locale) => !sessionLocale(locale))).toEqual(['ar', 'he'])
    expect(stripeJsLocale('hi-IN')).toBe('en')
  })
})

test('a text that a language lacks is its base’s, group by group', () => {
  const under = { pay: { done: 'Done', wait: 'Wait' }, order: 'Order' }
  expect(overlay(under, { pay: { done: ['Fertig ', ['name']] } })).toEqual({
    pay: { done: ['Fertig ', ['name']], wait: 'Wait' },
    order: 'Order',
  })
})

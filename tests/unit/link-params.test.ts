import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLinkParams } from '@/lib/links/params'

describe('parseLinkParams', () => {
  test('keeps the five codes and the reference', () => {
    const params = parseLinkParams(
      '?utm_source=marketo&utm_medium=earned_email&utm_campaign=campaign_a&utm_term=a-1&utm_content=B&client_reference_id=cart_42',
    )
    expect(params.tracking).toEqual({
      utm_source: 'marketo',
      utm_medium: 'earned_email',
      utm_campaign: 'campaign_a',
      utm_term: 'a-1',
      utm_content: 'B',
    })
    expect(params.client_reference_id).toBe('cart_42')
    expect(params.dropped).toEqual([])
  })

  test.each([
    ['client_reference_id=User%2F42', 'client_reference_id', '`/` at position 5'],
    [`client_reference_id=${'a'.repeat(201)}`, 'client_reference_id', 'longer than 200 characters (201)'],
    ['client_reference_id=', 'client_reference_id', 'empty'],
    [`utm_source=${'a'.repeat(151)}`, 'utm_source', 'longer than 150 characters (151)'],
    ['utm_campaign=spring%20sale', 'utm_campaign', '` ` at position 7'],
    ['utm_term=%F0%9F%93%9Ax', 'utm_term', '`📚` at position 1'],
    ['prefilled_email=jenny', 'prefilled_email', 'not an e-mail address'],
    ['prefilled_promo_code=20_off', 'prefilled_promo_code', '`_` at position 3'],
    ['locale=tlh', 'locale', 'not a language of this page'],
  ])('drops %s and says why', (query, parameter, reason) => {
    const params = parseLinkParams(query)
    expect(params.dropped).toEqual([{ parameter, reason }])
    expect(params.tracking).toEqual({})
  })

  test.each([
    ['utm_source', 150],
    ['client_reference_id', 200],
  ])('%s may be as long as its limit', (parameter, limit) => {
    expect(parseLinkParams(`${parameter}=${'a'.repeat(limit)}`).dropped).toEqual([])
  })

  test('the first valid value of a repeated parameter wins', () => {
    const params = parseLinkParams('utm_source=bad value&utm_source=good&utm_source=late')
    expect(params.tracking).toEqual({ utm_source: 'good' })
    expect(params.dropped).toEqual([])
  })

  test('e-mails are decoded, a plus must be encoded', () => {
    expect(parseLinkParams('prefilled_email=jenny%2Bbooks%40example.com').prefilled_email).toBe(
      'jenny+books@example.com',
    )
    expect(parseLinkParams('locked_prefilled_email=jenny%40example.com').locked_prefilled_email).toBe(
      'jenny@example.com',
    )
  })

  test('unknown parameters change nothing', () => {
    const { dropped, tracking } = parseLinkParams(
      'amount=1&price=price_x&redirect=https://evil.example&__proto__=x',
    )
    expect({ dropped, tracking }).toEqual({ dropped: [], tracking: {} })
  })

  test('never fails, whatever the query', () => {
    const allowed = /^[A-Za-z0-9_-]*$/
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (noise) => {
      const params = parseLinkParams(
        `utm_source=${noise}&client_reference_id=${noise}&prefilled_email=${noise}`,
      )
      expect(params.tracking.utm_source ?? '').toMatch(allowed)
      expect(params.client_reference_id ?? '').toMatch(allowed)
    })
    fc.assert(property, { numRuns: 600 })
  })
})

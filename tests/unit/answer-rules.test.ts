import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answers, BuyerDetails, CustomField } from '@/db/types'
import { readAnswer, readAnswers } from '@/lib/checkout/answer-rules'
import { answersMetadata } from '@/lib/checkout/answers-metadata'
import { answeredFields, customFieldsResource, unanswered } from '@/lib/checkout/answers-resource'

const shared = { key: 'k', label: 'Label', optional: false }
const noBounds = { minimum: null, maximum: null, default_value: null }
const text: CustomField = { ...shared, type: 'text', ...noBounds }
const numeric: CustomField = { ...shared, type: 'numeric', ...noBounds, minimum: 2, maximum: 4 }
const long: CustomField = { ...shared, type: 'long_text', ...noBounds }
const box: CustomField = { ...shared, type: 'checkbox', default_value: false }
const size: CustomField = {
  ...shared,
  type: 'dropdown',
  options: [
    { label: 'Small', value: 's' },
    { label: 'Large', value: 'l' },
  ],
  default_value: null,
}
const day: CustomField = {
  ...shared,
  type: 'date',
  earliest: '2026-12-01',
  latest: '2026-12-24',
  default_value: null,
}
const all = [text, numeric, long, box, size, day].map((field, index) => ({ ...field, key: `k${index}` }))

const value = (field: CustomField, given: unknown) => {
  const read = readAnswer(field, given)
  return 'value' in read ? read.value : read.problem.code
}

describe('an answer', () => {
  test('is kept as it is meant', () => {
    expect(value(text, '  Ada \n Lovelace ')).toBe('Ada   Lovelace')
    expect(value(long, ' one\r\ntwo ')).toBe('one\ntwo')
    expect(value(numeric, ' ٠١ ۹ ')).toBe('019')
    expect(value(box, true)).toBe(true)
    expect(value({ ...box, optional: true }, undefined)).toBe(false)
    expect(value({ ...text, optional: true }, '  ')).toBeNull()
  })

  // Mutants: `<` for `<=` at a bound; any date that `Date` can read; any string for a choice; digits anywhere in it.
  test('that breaks its rule is refused with the rule', () => {
    expect([
      value(numeric, '1'),
      value(numeric, '12345'),
      value(numeric, '12a'),
      value(numeric, '-12'),
    ]).toEqual(['too_short', 'too_long', 'digits', 'digits'])
    expect([value(numeric, '12'), value(numeric, '1234')]).toEqual(['12', '1234'])
    expect(value(text, 'x'.repeat(255))).toHaveLength(255)
    expect(value(text, 'x'.repeat(256))).toBe('too_long')
    expect([value(size, 's'), value(size, 'S'), value(size, 'Small')]).toEqual(['s', 'choice', 'choice'])
    expect([value(day, '2026-12-01'), value(day, '2026-12-24')]).toEqual(['2026-12-01', '2026-12-24'])
    expect([value(day, '2026-11-30'), value(day, '2026-12-25')]).toEqual(['too_early', 'too_late'])
    expect(value({ ...day, earliest: null, latest: null } as CustomField, '2026-02-30')).toBe('date')
    expect(value(day, 'tomorrow')).toBe('date')
    for (const field of all) expect(value(field, undefined)).toBe('required')
  })

  test('is read to the same again, whatever was sent', () => {
    const text = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
    const anything = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer())
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.boolean(), anything, (field, optional, given) => {
        const read = readAnswer({ ...field, optional }, given)
        if ('value' in read && read.value !== null) {
          expect(readAnswer({ ...field, optional }, read.value)).toEqual(read)
          expect(JSON.stringify(read.value)).not.toMatch(/\\u0000|\\ud[89a-f]/)
        }
      }),
    )
  })

  test('to no question is passed over', () => {
    const { answers, problems } = readAnswers([{ ...text, optional: true }], { constructor: 'x', other: 'y' })
    expect([answers, problems]).toEqual([{}, {}])
  })
})

const nowhere = { line1: null, line2: null, city: null, postal_code: null, state: null }

/** A buyer without a tax ID to whom something is sent. */
function from(country: string): BuyerDetails {
  return {
    address: null,
    shipping: { name: 'Ada', address: { ...nowhere, country } },
    individual_name: null,
    business_name: null,
    tax_ids: [],
  }
}

describe('what is told of answers', () => {
  const answers: Answers = { k0: 'Ada', k3: true, k4: 'l' }

  test('has the shape of Stripe', () => {
    const [first, , , ticked, chosen] = customFieldsResource(all, answers)
    expect(first).toEqual({
      key: 'k0',
      label: { type: 'custom', custom: 'Label' },
      optional: false,
      type: 'text',
      text: { default_value: null, minimum_length: null, maximum_length: null, value: 'Ada' },
    })
    expect(ticked).toMatchObject({ type: 'checkbox', checkbox: { value: true } })
    expect(chosen).toMatchObject({ dropdown: { value: 'l', options: [{ value: 's' }, { value: 'l' }] } })
    expect(answeredFields(all, answers)[4]).toEqual({
      key: 'k4',
      label: 'Label',
      type: 'dropdown',
      value: 'l',
      chosen: 'Large',
    })
  })

  // Mutants: forget the bounds; send nothing where an answer was taken back.
  test('fits into metadata, and takes back what is no longer answered', () => {
    const field = (key: string): CustomField => ({ ...text, key })
    const link = {
      custom_fields: [field('a'), field('b'.repeat(200)), field('c')],
      metadata: { field_c: 'x' },
    }
    const kept = { answers: { a: `${'x'.repeat(498)}😀😀` }, consent: null }
    const pairs = answersMetadata(link, kept, 5)
    expect(pairs).toEqual({ field_a: `${'x'.repeat(498)}…`, field_2_long: '' })
    expect(Object.keys(answersMetadata({ ...link, metadata: {} }, kept, 49))).toHaveLength(1)
    expect(answersMetadata(link, kept, 50)).toEqual({})
  })

  test('names what a payment came without', () => {
    const config = {
      custom_fields: all,
      consent_collection: { terms_of_service: 'required', promotions: 'none' },
      tax_id_collection: { enabled: true, required: 'if_supported' },
    } as Parameters<typeof unanswered>[0]
    const kept = { answers: { ...answers, k1: '12', k2: 'x' }, consent: null }
    expect(unanswered(config, kept, from('DE'))).toEqual(['Label', 'Terms of service', 'Tax ID'])
    expect(unanswered(config, kept, from('AQ'))).toEqual(['Label', 'Terms of service'])
    expect(unanswered(config, kept, { ...from('DE'), shipping: null })).toEqual(['Label', 'Terms of service'])
  })
})

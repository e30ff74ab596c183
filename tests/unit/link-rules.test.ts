import { describe, expect, test } from 'vitest'
import type { LinkConfig } from '@/db/types'
import { AppError } from '@/lib/errors'
import { checkRules } from '@/lib/links/rules'
import { type CreateLinkInput, createLinkInput, updateLinkInput } from '@/lib/links/schema'

const item = { price: 'price_a', quantity: 1 }
const once = { id: 'price_a', recurring: null, customUnitAmount: null }
const monthly = { ...once, recurring: { interval: 'month' as const, interval_count: 1 } }
const chosen = { ...once, customUnitAmount: { preset: 1000, minimum: 500, maximum: null } }

/** The field a link is refused for, or null. */
function refusal(
  input: Partial<CreateLinkInput>,
  sold = [once],
  offered: (typeof once)[] = [],
): string | null {
  const parsed = createLinkInput.safeParse({ line_items: [item], ...input })
  if (!parsed.success) return parsed.error.issues[0]?.path.join('.') ?? ''
  try {
    checkRules({ ...parsed.data, currency: 'eur' } as LinkConfig, sold, offered)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.param
    throw error
  }
}

describe('a link with a single payment', () => {
  test.each<[string, Partial<CreateLinkInput>]>([
    ['submit_type', { submit_type: 'subscribe' }],
    ['payment_method_collection', { payment_method_collection: 'if_required' }],
    ['subscription_data[trial_period_days]', { subscription_data: { trial_period_days: 14 } }],
    ['custom_text[shipping_address]', { custom_text: { shipping_address: 'By hand only' } }],
    ['custom_text[terms_of_service_acceptance]', { custom_text: { terms_of_service_acceptance: 'Ours' } }],
    ['shipping_options', { shipping_options: [{ shipping_rate: 'shr_1' }] }],
    ['discounts[0][coupon]', { allow_promotion_codes: true, discounts: [{ coupon: 'TEN' }] }],
    ['discounts', { discounts: [{ coupon: 'A' }, { coupon: 'B' }] }],
    ['line_items', { line_items: Array(21).fill(item) }],
    ['custom_fields', { custom_fields: ['a', 'a'].map((key) => ({ key, label: 'A', type: 'text' })) }],
    [
      'custom_fields.0.default_value',
      { custom_fields: [{ key: 'n', label: 'N', type: 'numeric', default_value: 'x' }] },
    ],
    [
      'custom_fields.0.maximum',
      { custom_fields: [{ key: 'n', label: 'N', type: 'text', minimum: 3, maximum: 2 }] },
    ],
    ['custom_text.submit', { custom_text: { submit: 'x'.repeat(1201) } }],
    [
      'shipping_address_collection.allowed_countries.0',
      { shipping_address_collection: { allowed_countries: ['KP'] } },
    ],
    ['payment_intent_data.statement_descriptor', { payment_intent_data: { statement_descriptor: 'A<B' } }],
    ['payment_intent_data[statement_descriptor]', { payment_intent_data: { statement_descriptor: 'NORTH' } }],
    [
      'payment_intent_data[statement_descriptor]',
      {
        payment_intent_data: { statement_descriptor: 'NORTH' },
        allowed_payment_method_types: ['sepa_debit', 'card'],
      },
    ],
    ['subscription_data.trial_period_days', { subscription_data: { trial_period_days: 731 } }],
  ])('is refused for %s', (field, input) => {
    expect(refusal(input)).toBe(field)
  })

  test('asks for what it needs and is taken', () => {
    const shipping_address_collection = { allowed_countries: ['DE', 'AT'] }
    expect(
      refusal({ shipping_address_collection, shipping_options: [{ shipping_rate: 'shr_1' }] }),
    ).toBeNull()
  })

  test('has a descriptor for payments that are no card’s, and a suffix for all', () => {
    const payment_intent_data = { statement_descriptor: 'NORTH', statement_descriptor_suffix: 'BOOKS' }
    expect(refusal({ payment_intent_data, allowed_payment_method_types: ['sepa_debit'] })).toBeNull()
    expect(refusal({ payment_intent_data: { statement_descriptor_suffix: 'BOOKS' } })).toBeNull()
  })

  test('offers nothing that repeats', () => {
    expect(refusal({ optional_items: [{ price: 'price_b', quantity: 1 }] }, [once], [monthly as never])).toBe(
      'optional_items',
    )
  })
})

test.each<[string, Partial<CreateLinkInput>]>([
  ['shipping_options', { shipping_options: [{ shipping_rate: 'shr_1' }] }],
  ['invoice_creation', { invoice_creation: { enabled: true } }],
  ['payment_intent_data[capture_method]', { payment_intent_data: { capture_method: 'manual' } }],
])('a subscription is refused for %s', (field, input) => {
  expect(refusal(input, [monthly as never])).toBe(field)
})

test.each<[string, Partial<CreateLinkInput>]>([
  ['line_items[0][quantity]', { line_items: [{ ...item, quantity: 2 }] }],
  ['allow_promotion_codes', { allow_promotion_codes: true }],
  ['discounts', { discounts: [{ coupon: 'TEN' }] }],
  ['line_items', { optional_items: [{ price: 'price_b', quantity: 1 }] }],
])('an amount the buyer chooses is refused for %s', (field, input) => {
  expect(refusal(input, [chosen as never])).toBe(field)
})

// Mutant: '' is kept, and Stripe refuses the session it is sent with.
test('a text without words is none, in a new link and in an edit', () => {
  const blank = {
    inactive_message: ' ',
    custom_text: { submit: '  ', terms_of_service_acceptance: '\n' },
    payment_intent_data: { description: '', statement_descriptor: ' ', statement_descriptor_suffix: '' },
    subscription_data: { description: ' ' },
    invoice_creation: { enabled: true, invoice_data: { description: '', footer: '\t' } },
    after_completion: { type: 'hosted_confirmation' as const, hosted_confirmation: { custom_message: '' } },
  }
  const none = {
    inactive_message: null,
    custom_text: { submit: null, terms_of_service_acceptance: null },
    payment_intent_data: { description: null, statement_descriptor: null, statement_descriptor_suffix: null },
    subscription_data: { description: null },
    invoice_creation: { invoice_data: { description: null, footer: null } },
    after_completion: { hosted_confirmation: { custom_message: null } },
  }
  expect(createLinkInput.parse({ line_items: [item], ...blank })).toMatchObject(none)
  expect(updateLinkInput.parse(blank)).toMatchObject(none)
  const words = createLinkInput.parse({ line_items: [item], custom_text: { submit: ' By hand ' } })
  expect(words.custom_text.submit).toBe('By hand')
})

test('an edit that leaves a field out does not set it back to its default', () => {
  expect(updateLinkInput.parse({ allow_promotion_codes: true })).toEqual({ allow_promotion_codes: true })
})

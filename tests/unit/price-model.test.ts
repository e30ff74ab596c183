import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { modelProblem } from '@/lib/catalog/known'

const flat = {
  billing_scheme: 'per_unit',
  transform_quantity: null,
  recurring: null,
  unit_amount: 2800,
  unit_amount_decimal: '2800',
  custom_unit_amount: null,
} as unknown as Stripe.Price

const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' }
const custom_unit_amount = { minimum: 500, maximum: null, preset: null }

test.each<[string | null, object]>([
  [null, {}],
  [null, { recurring }],
  [null, { unit_amount: null, unit_amount_decimal: null, custom_unit_amount }],
  ['is tiered', { billing_scheme: 'tiered', unit_amount: null }],
  ['is sold in packages of 12', { transform_quantity: { divide_by: 12, round: 'up' } }],
  ['is metered by usage', { recurring: { ...recurring, usage_type: 'metered' } }],
  ['costs 0.5 of the currency’s smallest unit', { unit_amount: null, unit_amount_decimal: '0.5' }],
])('a price that %s is told so', (problem, change) => {
  expect(modelProblem({ ...flat, ...change })).toBe(problem)
})

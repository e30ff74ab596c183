import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import type { LinkConfig } from '@/db/types'
import type { CurrentLink } from '@/lib/links/current'
import { linkResource } from '@/lib/links/resource'
import { type CreateLinkInput, createLinkInput } from '@/lib/links/schema'
import { joinStack } from '../support/domain'

joinStack({
  env: {
    BASE_URL: 'https://pay.acme.test',
    BUYLINK_SECRET: '0123456789abcdef0123456789abcdef',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    STRIPE_SECRET_KEY: 'sk_test_nothing1',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_nothing1',
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789abcdef0123456789abcdef',
  },
})

const item = { price: 'price_a', quantity: 1 }

function resourceOf(input: Partial<CreateLinkInput>) {
  const { name, slug, inactive_message, created_via, ...config } = createLinkInput.parse({
    line_items: [item],
    ...input,
  })
  const link: CurrentLink = {
    id: 'plink_1',
    livemode: false,
    slug: slug ?? 'book',
    name,
    active: true,
    inactiveMessage: inactive_message,
    version: 2,
    completedSessions: 3,
    signingSecret: 'lnksec_1',
    createdVia: created_via,
    createdAt: new Date(1_700_000_000_000),
    updatedAt: new Date(1_700_000_100_000),
    config: { ...config, currency: 'eur' } as LinkConfig,
    soldUnits: {},
  }
  return linkResource(link, [{ id: 'shr_1', amount: 350 }])
}

test('a link is told in the shapes of Stripe’s own', () => {
  const told = resourceOf({
    optional_items: [
      { price: 'price_b', quantity: 1 },
      {
        price: 'price_c',
        quantity: 1,
        adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
      },
    ],
    custom_fields: [
      { key: 'name', label: 'Name on it', type: 'text', minimum: 2, maximum: 40 },
      { key: 'size', label: 'Size', type: 'numeric', optional: true },
      {
        key: 'colour',
        label: 'Colour',
        type: 'dropdown',
        options: [{ label: 'Red', value: 'red' }],
        default_value: 'red',
      },
      { key: 'gift', label: 'A gift', type: 'checkbox' },
    ],
    custom_text: { submit: 'Posted in two days' },
    automatic_tax: { enabled: true },
    allowed_payment_method_types: ['card'],
    subscription_data: { trial_period_days: 14, trial_end: 'cancel' },
    shipping_options: [{ shipping_rate: 'shr_1' }],
    restrictions: { completed_sessions: { limit: 5 }, ends_at: 1_800_000_000 },
  })
  // What the compiler takes for Stripe's object is one, whatever else is in it.
  const stripes: Stripe.PaymentLink = told as Omit<typeof told, 'restrictions'> &
    Pick<Stripe.PaymentLink, 'restrictions'>
  const free = { default_value: null, minimum_length: null, maximum_length: null }
  expect(stripes).toMatchObject({
    custom_fields: [
      {
        key: 'name',
        label: { type: 'custom', custom: 'Name on it' },
        optional: false,
        type: 'text',
        text: { ...free, minimum_length: 2, maximum_length: 40 },
      },
      { key: 'size', optional: true, type: 'numeric', numeric: free },
      {
        type: 'dropdown',
        dropdown: { default_value: 'red', options: [{ label: 'Red', value: 'red' }] },
      },
      { type: 'checkbox', checkbox: { default_value: false } },
    ],
    custom_text: { submit: { message: 'Posted in two days' }, after_submit: null },
    optional_items: [
      { price: 'price_b', adjustable_quantity: null },
      { price: 'price_c', adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } },
    ],
    payment_method_types: ['card'],
    automatic_tax: { liability: { type: 'self' } },
    subscription_data: {
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
    },
    shipping_options: [{ shipping_rate: 'shr_1', shipping_amount: 350 }],
    restrictions: { completed_sessions: { limit: 5, count: 3 }, ends_at: 1_800_000_000 },
    url: 'https://pay.acme.test/book',
  })
  expect(Object.keys(told.custom_fields[0] ?? {})).toEqual(['key', 'label', 'optional', 'type', 'text'])
  expect(told.subscription_data).not.toHaveProperty('trial_end')
})

test('a link with nothing set has Stripe’s nulls', () => {
  expect(resourceOf({})).toMatchObject({
    custom_text: { submit: null },
    payment_method_types: null,
    restrictions: null,
    shipping_options: [],
    subscription_data: { trial_settings: null },
    automatic_tax: { enabled: false, liability: null },
  })
})

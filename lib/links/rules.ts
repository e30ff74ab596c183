import type { prices } from '@/db/schema'
import type { LinkConfig } from '@/db/types'
import { AppError } from '@/lib/errors'

type Sold = Pick<typeof prices.$inferSelect, 'id' | 'recurring' | 'customUnitAmount'>

/** A subscription where anything repeats (Stripe Payment Links: the mode follows from the prices). */
export function modeOf(sold: { recurring: unknown }[]): 'payment' | 'subscription' {
  return sold.some(({ recurring }) => recurring !== null) ? 'subscription' : 'payment'
}

/**
 * The rules between the fields of a link (Stripe Payment Links and `reference` of Checkout Sessions, create).
 *
 * @param sold the prices of the line items, in their order
 * @param offered those of the optional items
 * @throws AppError `invalid_request` naming the field
 */
export function checkRules(config: LinkConfig, sold: Sold[], offered: Sold[]): void {
  const refuse = (param: string, message: string): never => {
    throw new AppError('invalid_request', message, { param })
  }
  const mode = modeOf(sold)
  if (sold.length + offered.length > 20) {
    refuse('optional_items', 'Items and optional items together are at most 20.')
  }
  if (mode === 'payment') {
    if (offered.some(({ recurring }) => recurring !== null)) {
      refuse('optional_items', 'A recurring item can only be added to a subscription.')
    }
    if (config.submit_type === 'subscribe') refuse('submit_type', 'Nothing on this link is a subscription.')
    if (config.payment_method_collection === 'if_required') {
      refuse('payment_method_collection', 'Only a subscription can do without a way to pay.')
    }
    if (config.subscription_data.trial_period_days !== null) {
      refuse('subscription_data[trial_period_days]', 'Only a subscription can begin with a trial.')
    }
  } else {
    if (config.shipping_options.length > 0) {
      refuse('shipping_options', 'A subscription cannot have shipping options.')
    }
    if (config.invoice_creation.enabled) {
      refuse('invoice_creation', 'A subscription always has invoices; switch this off.')
    }
    if (config.payment_intent_data.capture_method === 'manual') {
      refuse('payment_intent_data[capture_method]', 'A subscription is always captured at once.')
    }
  }
  if (sold.some(({ customUnitAmount }) => customUnitAmount !== null)) checkChosenAmount(config, refuse)
  if (offered.some(({ customUnitAmount }) => customUnitAmount !== null)) {
    refuse('optional_items', 'An optional item has a fixed amount.')
  }
  checkDescriptor(config, refuse)
  checkAsked(config, refuse)
}

/** Stripe, `statement_descriptor`: for charges of other kinds; a card's statement shows the account's prefix and a suffix. */
function checkDescriptor(config: LinkConfig, refuse: (param: string, message: string) => never): void {
  const { allowed_payment_method_types: allowed, payment_intent_data: data } = config
  if (data.statement_descriptor === null || (allowed && !allowed.includes('card'))) return
  refuse(
    'payment_intent_data[statement_descriptor]',
    'Stripe takes no descriptor for card payments: use statement_descriptor_suffix, or name allowed_payment_method_types without card.',
  )
}

/** Stripe Payment Links, "let customers decide what to pay": the only item, one of it, no discount beside. */
function checkChosenAmount(config: LinkConfig, refuse: (param: string, message: string) => never): void {
  const [only, ...more] = config.line_items
  if (more.length > 0 || config.optional_items.length > 0) {
    refuse('line_items', 'An amount the buyer chooses has to be the only item.')
  }
  if (only?.quantity !== 1 || only.adjustable_quantity.enabled) {
    refuse('line_items[0][quantity]', 'Of an amount the buyer chooses there is exactly one.')
  }
  if (config.allow_promotion_codes) {
    refuse('allow_promotion_codes', 'There is no discount on an amount the buyer chooses.')
  }
  if (config.discounts.length > 0) refuse('discounts', 'There is no discount on an amount the buyer chooses.')
}

function checkAsked(config: LinkConfig, refuse: (param: string, message: string) => never): void {
  const { custom_text: texts, shipping_address_collection: shipping, consent_collection: consent } = config
  if (texts.shipping_address !== null && !shipping) {
    refuse('custom_text[shipping_address]', 'This text stands beside a shipping address; ask for one.')
  }
  if (texts.terms_of_service_acceptance !== null && consent.terms_of_service !== 'required') {
    refuse('custom_text[terms_of_service_acceptance]', 'This text stands beside the terms; require them.')
  }
  if (config.shipping_options.length > 0 && !shipping) {
    refuse('shipping_options', 'Shipping options need a shipping address; ask for one.')
  }
  const [discount] = config.discounts
  if (discount && config.allow_promotion_codes && !('promotion_code' in discount)) {
    refuse('discounts[0][coupon]', 'Beside the box for codes the discount has to be a promotion code.')
  }
}

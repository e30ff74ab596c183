import { given, mergeMetadata } from '../api/fields'
import { createPrice, findPrice, type PriceFields } from '../api/prices'
import { createProduct, findProduct } from '../api/products'
import type { LineItemInput } from '../api/session-line-params'
import { emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { newId } from '../ids'
import type { Records, SessionLine } from '../state/records'
import type { World } from '../world'
import { priceIn } from './price-in'
import { checkBehavior, resolveTaxRates } from './tax-rates'

export type LineItem = SessionLine
type Price = Records['price']

/** What the lines must fit; without a currency they decide it. A payment link has no mode: `link`. */
type Settings = {
  mode: string
  currency: string | null
  /** Tax rates of lines without their own. */
  default_rates?: readonly Records['tax_rate'][]
}

function priceOf(world: World, input: LineItemInput, mode: string, name: (field: string) => string): Price {
  const { price: id, price_data: data } = input
  if ((id === undefined) === (data === undefined)) {
    const message = `You must specify either \`price\` or \`price_data\` for ${name('').replace(/\[\]$/, '')}.`
    throw invalidRequest(message, { code: 'parameter_missing', param: name('price') })
  }
  if (data) {
    const { product, product_data, ...fields } = data
    if ((product === undefined) === (product_data === undefined)) {
      const param = name('price_data][product')
      throw invalidRequest('You must specify either `product` or `product_data` in `price_data`.', { param })
    }
    const owner = product_data
      ? createProduct(world, { ...(given(product_data) as { name: string }), active: false })
      : findProduct(world, product ?? '', name('price_data][product'), 400)
    const made = { ...(given(fields) as PriceFields), active: false }
    const price = createPrice(world, owner.id, made, (field) => name(`price_data][${field}`))
    emit(world, 'price.created', price)
    return price
  }
  const price = findPrice(world, id ?? '', name('price'), 400)
  if (!price.active) {
    const message = 'The price specified is inactive. This field only accepts active prices.'
    throw invalidRequest(message, { param: name('price') })
  }
  if (!findProduct(world, price.product as string).active) {
    const message = `Price \`${price.id}\` is not available to be purchased because its product is not active.`
    throw invalidRequest(message, { param: name('price') })
  }
  if (price.custom_unit_amount && mode !== 'link') {
    const message = 'Prices with `custom_unit_amount` cannot be used when `ui_mode` is `elements`.'
    throw invalidRequest(message, { param: name('price') })
  }
  return price
}

function checkPrice(price: Price, { mode, currency }: Settings, name: (field: string) => string): void {
  if (currency !== null && !priceIn(price, currency)) {
    const message = `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`
    throw invalidRequest(message, { param: name('price') })
  }
  if (mode === 'payment' && price.recurring) {
    const message =
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.'
    throw invalidRequest(message, { param: name('price') })
  }
}

function adjustableOf(
  input: LineItemInput,
  name: (field: string) => string,
): LineItem['adjustable_quantity'] {
  const given = input.adjustable_quantity
  if (!given) return null
  const { enabled, minimum = 0, maximum = 99 } = given
  if (!enabled) return { enabled, minimum: null, maximum: null }
  if (minimum > maximum) {
    const param = name('adjustable_quantity][minimum')
    throw invalidRequest('The minimum quantity must be less than or equal to the maximum quantity.', {
      param,
    })
  }
  const { quantity } = input
  if (quantity !== undefined && (quantity < minimum || quantity > maximum)) {
    const message = `\`quantity\` must be between ${minimum} and ${maximum}, as \`adjustable_quantity\` says.`
    throw invalidRequest(message, { param: name('quantity') })
  }
  return { enabled, minimum, maximum }
}

/** Between which quantities a buyer may choose, by line item id; a sole line never goes to 0. */
export function quantityLimits(
  lines: readonly LineItem[],
): Record<string, { minimum: number; maximum: number }> {
  const adjustable = lines.filter((line) => line.adjustable_quantity?.enabled)
  const limits = adjustable.map((line) => {
    const { minimum, maximum } = line.adjustable_quantity ?? { minimum: 0, maximum: 99 }
    const least = Math.max(lines.length === 1 ? 1 : 0, minimum ?? 0)
    return [line.id, { minimum: least, maximum: maximum ?? 99 }] as const
  })
  return Object.fromEntries(limits)
}

/**
 * The line items of a session, not reckoned yet, from what a create or update sends: on update an item with `id`
 * keeps what it does not name. Throws Stripe's 400 with the parameter in bracket notation.
 */
export function resolveLineItems(
  world: World,
  inputs: readonly LineItemInput[],
  existing: readonly LineItem[],
  settings: Settings,
): LineItem[] {
  const { mode, currency } = settings
  const lines = inputs.map((input, index): LineItem => {
    const name = (field: string) => `line_items[${index}][${field}]`
    const old = input.id === undefined ? undefined : existing.find((line) => line.id === input.id)
    if (input.id !== undefined && !old) throw noSuch('line item', input.id, name('id'), 400)
    const replaces = input.price !== undefined || input.price_data !== undefined
    const price = old?.price && !replaces ? old.price : priceOf(world, input, mode, name)
    checkPrice(price, settings, name)
    const quantity = input.quantity ?? old?.quantity ?? undefined
    if (quantity === undefined) {
      const message = `Quantity is required. Add \`quantity\` to \`line_items[${index}]\``
      throw invalidRequest(message, { code: 'parameter_missing', param: name('quantity') })
    }
    if (quantity === 0 && !input.adjustable_quantity?.enabled && !old?.adjustable_quantity?.enabled) {
      throw invalidRequest('This value must be greater than or equal to 1.', {
        code: 'parameter_invalid_integer',
        param: name('quantity'),
      })
    }
    const adjustable = input.adjustable_quantity
      ? adjustableOf({ ...input, quantity }, name)
      : old?.adjustable_quantity
    const rates =
      input.tax_rates === undefined
        ? old?.tax_rates
        : resolveTaxRates(world, input.tax_rates || [], name('tax_rates'))
    return {
      id: old?.id ?? newId('li_'),
      object: 'item',
      adjustable_quantity: adjustable ?? null,
      amount_discount: 0,
      amount_subtotal: 0,
      amount_tax: 0,
      amount_total: 0,
      currency: currency ?? price.currency,
      description: findProduct(world, price.product as string).name,
      metadata: mergeMetadata(old?.metadata ?? {}, input.metadata),
      price,
      quantity,
      ...(rates?.length ? { tax_rates: rates } : {}),
    }
  })
  checkBehavior(lines, settings.default_rates ?? [])
  const currencies = new Set(lines.map((line) => line.currency))
  if (currencies.size > 1) {
    const message = `All line items must have the same currency; these have ${[...currencies].join(', ')}.`
    throw invalidRequest(message, { param: 'line_items' })
  }
  const rhythms = lines.flatMap(({ price }) =>
    price?.recurring ? [`${price.recurring.interval_count} ${price.recurring.interval}`] : [],
  )
  if (new Set(rhythms).size > 1) {
    const message = 'Checkout does not support multiple prices with different billing intervals.'
    throw invalidRequest(message, { param: 'line_items' })
  }
  if (mode === 'subscription' && !lines.some((line) => line.price?.recurring)) {
    const message = 'You must provide at least one recurring price in `subscription` mode when using prices.'
    throw invalidRequest(message, { param: 'line_items' })
  }
  return lines
}

import type { ShippingOptionInput } from '../api/shipping-rate-params'
import { createShippingRate, findShippingRate } from '../api/shipping-rates'
import { invalidRequest } from '../http/errors'
import type { Records } from '../state/records'
import type { World } from '../world'

type ShippingRate = Records['shipping_rate']
type Session = Records['session']

/** What a rate costs in a currency, in minor units, and whether tax is in it; undefined where it has no price. */
export function shippingPrice(
  rate: ShippingRate,
  currency: string,
): { amount: number; isInclusive: boolean } | undefined {
  const fixed = rate.fixed_amount
  if (fixed?.currency === currency) {
    return { amount: fixed.amount, isInclusive: rate.tax_behavior === 'inclusive' }
  }
  const option = fixed?.currency_options?.[currency]
  return option && { amount: option.amount, isInclusive: option.tax_behavior === 'inclusive' }
}

/** The rates of `shipping_options`, inline ones made on the way. Throws Stripe's 400 with the option's place. */
export function resolveShipping(
  world: World,
  inputs: readonly ShippingOptionInput[],
  session: Pick<Session, 'mode' | 'currency'>,
): ShippingRate[] {
  if (session.mode !== 'payment') {
    const message = `You can not pass \`shipping_options\` in \`${session.mode}\` mode.`
    throw invalidRequest(message, { param: 'shipping_options' })
  }
  const currency = session.currency ?? 'usd'
  return inputs.map(({ shipping_rate: id, shipping_rate_data: data }, index) => {
    const name = (field: string) => `shipping_options[${index}][${field}]`
    if ((id === undefined) === (data === undefined)) {
      const message = 'You must specify exactly one of `shipping_rate` or `shipping_rate_data`.'
      throw invalidRequest(message, { code: 'parameter_missing', param: name('shipping_rate') })
    }
    const rate = data
      ? createShippingRate(world, data, (field) => name(`shipping_rate_data][${field}`))
      : findShippingRate(world, id ?? '', name('shipping_rate'), 400)
    const param = name(data ? 'shipping_rate_data' : 'shipping_rate')
    if (!rate.active) throw invalidRequest('The shipping rate specified is inactive.', { param })
    if (!shippingPrice(rate, currency)) {
      throw invalidRequest(`The shipping rate has no amount in ${currency}, the session's currency.`, {
        param,
      })
    }
    return rate
  })
}

/** `shipping_options` of a session, and the chosen one: the same as before where it is still there, else the first. */
export function offeredShipping(
  rates: readonly ShippingRate[],
  session: Pick<Session, 'currency' | 'shipping_cost'>,
): Pick<Session, 'shipping_options' | 'shipping_cost'> {
  const currency = session.currency ?? 'usd'
  const chosen = rates.find(({ id }) => id === session.shipping_cost?.shipping_rate) ?? rates[0]
  return {
    shipping_options: rates.map((rate) => ({
      shipping_amount: shippingPrice(rate, currency)?.amount ?? 0,
      shipping_rate: rate.id,
    })),
    shipping_cost: chosen
      ? { amount_subtotal: 0, amount_tax: 0, amount_total: 0, shipping_rate: chosen.id }
      : null,
  }
}

/** The chosen option of a session, not reckoned yet. Refuses one it does not offer. */
export function chosenShipping(session: Session, id: string): Pick<Session, 'shipping_cost'> {
  if (!session.shipping_options.some((option) => option.shipping_rate === id)) {
    const message = `This Checkout Session does not offer the shipping option ${id}.`
    throw invalidRequest(message, { param: 'shipping_option' })
  }
  return { shipping_cost: { amount_subtotal: 0, amount_tax: 0, amount_total: 0, shipping_rate: id } }
}

import type { z } from 'zod'
import { fullAddress } from './api/fields'
import { givenAddress, type updateBody } from './browser-bodies'
import { invalidRequest, noSuch } from './http/errors'
import { isEmail } from './http/params'
import { typedDiscount } from './payments/discounts'
import { quantityLimits } from './payments/line-items'
import { chooseCurrency } from './payments/presentment'
import { collect, requireOpen, setDiscount, setLineItems, setNames, setShipping } from './payments/session'
import { chosenShipping } from './payments/shipping'
import { setTaxId } from './payments/tax-ids'
import type { World } from './world'

type Change = z.output<typeof updateBody>

function setEmail(world: World, id: string, email: string | null): void {
  const param = 'email'
  if (world.store.need('session_state', id).email_locked) {
    const message = "The session's e-mail was set when it was created and cannot be changed."
    throw invalidRequest(message, { param })
  }
  if (email && !isEmail(email)) {
    throw invalidRequest(`Invalid email address: ${email}`, { code: 'email_invalid', param })
  }
  collect(world, id, { email: email || null })
}

function setPlaces(world: World, id: string, change: Change): void {
  const { billing_address: billing, shipping_address: shipping } = change
  if (billing !== undefined) {
    const { name, address: where } = billing ?? {}
    collect(world, id, { address: fullAddress(givenAddress(where)), ...(name ? { name } : {}) })
  }
  if (shipping === undefined) return
  if (world.store.need('session', id).permissions?.update_shipping_details === 'server_only') {
    const message = 'The shipping details of this Checkout Session can be updated by your server only.'
    throw invalidRequest(message, { param: 'shipping_address' })
  }
  setShipping(world, id, shipping?.name ?? '', givenAddress(shipping?.address))
}

function setQuantity(world: World, id: string, change: { id: string; quantity: number }): void {
  const { line_items: lines } = world.store.need('session_state', id)
  const line = lines.find((each) => each.id === change.id)
  if (!line) throw noSuch('line item', change.id, 'line_item[id]', 400)
  const limits = quantityLimits(lines)[line.id]
  if (!limits) {
    const message = 'The quantity of this line item cannot be adjusted.'
    throw invalidRequest(message, { param: 'line_item[id]' })
  }
  if (change.quantity < limits.minimum || change.quantity > limits.maximum) {
    const message = `The quantity must be between ${limits.minimum} and ${limits.maximum}.`
    throw invalidRequest(message, { code: 'parameter_invalid_integer', param: 'line_item[quantity]' })
  }
  const changed = lines.map((each) => (each === line ? { ...each, quantity: change.quantity } : each))
  setLineItems(world, id, changed)
}

function setPromotionCode(world: World, id: string, typed: string | null): void {
  const session = world.store.need('session', id)
  if (typed !== null) setDiscount(world, id, typedDiscount(world, session, typed))
  else if (session.allow_promotion_codes) setDiscount(world, id, null)
  else throw invalidRequest("The session's discount cannot be removed.", { param: 'promotion_code' })
}

/** What a buyer's page changes in an open session: their details first, then what is bought; the totals follow. */
export function changeSession(world: World, id: string, change: Change): void {
  const session = world.store.need('session', id)
  requireOpen(session)
  if (change.email !== undefined) setEmail(world, id, change.email)
  if (change.phone !== undefined) collect(world, id, { phone: change.phone || null })
  setNames(world, id, { individual: change.individual_name, business: change.business_name })
  if (change.tax_id_info !== undefined) setTaxId(world, session, change.tax_id_info)
  setPlaces(world, id, change)
  if (change.shipping_option !== undefined) {
    world.store.patch('session', id, chosenShipping(session, change.shipping_option))
  }
  setLineItems(world, id, world.store.need('session_state', id).line_items)
  if (change.line_item) setQuantity(world, id, change.line_item)
  if (change.adaptive_pricing !== undefined) {
    world.store.patch('session_state', id, { converts: change.adaptive_pricing })
  }
  if (change.currency !== undefined) chooseCurrency(world, id, change.currency)
  if (change.promotion_code !== undefined) setPromotionCode(world, id, change.promotion_code)
}

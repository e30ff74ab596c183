import { invalidRequest } from '../http/errors'
import { type CreateSession, forbiddenInElements } from './session-params'

function exclusive(params: CreateSession, one: keyof CreateSession, other: keyof CreateSession): void {
  if (params[one] === undefined || params[other] === undefined) return
  const message = `You may only specify one of these parameters: ${one}, ${other}.`
  throw invalidRequest(message, { param: one })
}

function refuseInMode(params: CreateSession, name: keyof CreateSession, mode: string): void {
  if (params[name] === undefined || params.mode !== mode) return
  throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name })
}

function checkTaxIds(params: CreateSession): void {
  const { tax_id_collection: collection, customer, customer_update: update } = params
  if (collection?.required !== undefined) {
    const param = 'tax_id_collection[required]'
    throw invalidRequest(`You can't set \`${param}\` if \`ui_mode\` is \`elements\`.`, { param })
  }
  if (collection?.enabled && customer !== undefined && update?.name !== 'auto') {
    const message =
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.'
    throw invalidRequest(message, { param: 'customer_update[name]' })
  }
}

/** The rules between parameters of a new session; throws Stripe's 400. */
export function checkCreate(params: CreateSession): void {
  if (params.ui_mode !== 'elements') {
    const given = params.ui_mode ?? 'hosted_page, the default'
    throw invalidRequest(`The sandbox offers \`ui_mode: elements\` only, not ${given}.`, { param: 'ui_mode' })
  }
  const refused = forbiddenInElements.find((name) => params[name] !== undefined)
  if (refused) {
    throw invalidRequest(`You can't set \`${refused}\` if \`ui_mode\` is \`elements\`.`, { param: refused })
  }
  if (params.mode === 'setup') {
    throw invalidRequest('The sandbox does not offer `setup` mode yet.', { param: 'mode' })
  }
  if (params.return_url === undefined) {
    const details = { code: 'parameter_missing', param: 'return_url' }
    throw invalidRequest('`return_url` is required when `ui_mode` is `elements`.', details)
  }
  if (params.line_items === undefined) {
    const details = { code: 'parameter_missing', param: 'line_items' }
    throw invalidRequest(`You must pass \`line_items\` in \`${params.mode}\` mode.`, details)
  }
  if (params.customer_update !== undefined && params.customer === undefined) {
    const message = '`customer_update` can only be used with `customer`.'
    throw invalidRequest(message, { param: 'customer_update' })
  }
  checkTaxIds(params)
  exclusive(params, 'customer', 'customer_email')
  exclusive(params, 'customer', 'customer_creation')
  exclusive(params, 'allow_promotion_codes', 'discounts')
  exclusive(params, 'allowed_payment_method_types', 'excluded_payment_method_types')
  refuseInMode(params, 'subscription_data', 'payment')
  refuseInMode(params, 'payment_method_collection', 'payment')
  refuseInMode(params, 'payment_intent_data', 'subscription')
  refuseInMode(params, 'customer_creation', 'subscription')
}

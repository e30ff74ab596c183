import { invalidRequest } from '../http/errors'
import { type CreateSession, forbiddenInElements } from './session-params'

const notInSetup = [
  'allow_promotion_codes',
  'automatic_tax',
  'discounts',
  'line_items',
  'payment_intent_data',
  'payment_method_collection',
  'subscription_data',
] as const satisfies readonly (keyof CreateSession)[]

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

/** Refuses tax rates of line items where the tax is reckoned automatically. */
export function refuseTaxRates(lines: readonly { tax_rates?: readonly string[] | '' | undefined }[]): void {
  const index = lines.findIndex(({ tax_rates: rates }) => rates?.length)
  if (index === -1) return
  const message = 'You cannot set `tax_rates` on line items when `automatic_tax[enabled]=true`.'
  throw invalidRequest(message, { param: `line_items[${index}][tax_rates]` })
}

function checkTaxRates({ automatic_tax, line_items, subscription_data }: CreateSession): void {
  if (!automatic_tax?.enabled) return
  refuseTaxRates(line_items ?? [])
  if (!subscription_data?.default_tax_rates?.length) return
  const message = 'You cannot set `default_tax_rates` when `automatic_tax[enabled]=true`.'
  throw invalidRequest(message, { param: 'subscription_data[default_tax_rates]' })
}

/** What `setup` mode wants, and what it has no use for, by the SDK's own words. */
function checkSetup(params: CreateSession): void {
  for (const name of notInSetup) refuseInMode(params, name, 'setup')
  if (params.currency !== undefined) return
  const details = { code: 'parameter_missing', param: 'currency' }
  throw invalidRequest('`currency` is required in `setup` mode with dynamic payment methods.', details)
}

function checkTrial({ trial_end, trial_period_days }: NonNullable<CreateSession['subscription_data']>): void {
  if (trial_end === undefined || trial_period_days === undefined) return
  const message = 'You may only specify one of these parameters: trial_end, trial_period_days.'
  throw invalidRequest(message, { param: 'subscription_data[trial_end]' })
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
  if (params.return_url === undefined) {
    const details = { code: 'parameter_missing', param: 'return_url' }
    throw invalidRequest('`return_url` is required when `ui_mode` is `elements`.', details)
  }
  if (params.mode === 'setup') checkSetup(params)
  else if (params.line_items === undefined) {
    const details = { code: 'parameter_missing', param: 'line_items' }
    throw invalidRequest(`You must pass \`line_items\` in \`${params.mode}\` mode.`, details)
  }
  if (params.customer_update !== undefined && params.customer === undefined) {
    const message = '`customer_update` can only be used with `customer`.'
    throw invalidRequest(message, { param: 'customer_update' })
  }
  checkTaxIds(params)
  checkTaxRates(params)
  exclusive(params, 'customer', 'customer_email')
  exclusive(params, 'customer', 'customer_creation')
  exclusive(params, 'allow_promotion_codes', 'discounts')
  exclusive(params, 'allowed_payment_method_types', 'excluded_payment_method_types')
  if (params.subscription_data) checkTrial(params.subscription_data)
  for (const mode of ['payment', 'subscription']) refuseInMode(params, 'setup_intent_data', mode)
  refuseInMode(params, 'subscription_data', 'payment')
  refuseInMode(params, 'payment_method_collection', 'payment')
  refuseInMode(params, 'payment_intent_data', 'subscription')
  refuseInMode(params, 'customer_creation', 'subscription')
  for (const mode of ['subscription', 'setup']) refuseInMode(params, 'invoice_creation', mode)
}

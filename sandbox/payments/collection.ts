import { fullAddress } from '../api/fields'
import { invalidRequest, type StripeError } from '../http/errors'
import { isEmail } from '../http/params'
import type { Records } from '../state/records'
import type { World } from '../world'
import { collect, type Session, setNames, setShipping } from './session'

type NamedAddress = {
  name?: string | null | undefined
  address: Parameters<typeof fullAddress>[0]
}

/** What a buyer tells of themselves on the way. */
export type Collected = {
  email?: string | undefined
  phone?: string | undefined
  individual_name?: string | undefined
  business_name?: string | undefined
  billing_address?: NamedAddress | undefined
  shipping_address?: NamedAddress | undefined
  consent?: { terms_of_service: 'accepted'; promotions?: 'opt_in' | 'opt_out' | undefined }
}

/** The refusal of a confirmation that lacks something. */
export function missing(param: string, what: string): StripeError {
  return invalidRequest(`The Checkout Session needs ${what}.`, { code: 'parameter_missing', param })
}

function emailOf(world: World, session: Session, body: Collected, method: Records['payment_method'] | null) {
  const { email_locked: isLocked } = world.store.need('session_state', session.id)
  const email =
    (isLocked ? undefined : body.email) ?? session.customer_details?.email ?? method?.billing_details.email
  if (!email) throw missing('email', 'an e-mail address')
  if (isEmail(email)) return email
  throw invalidRequest(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' })
}

function takeNames(world: World, session: Session, body: Collected): void {
  setNames(world, session.id, { individual: body.individual_name, business: body.business_name })
  const { individual_name, business_name } = world.store.need('session', session.id).customer_details ?? {}
  const { individual, business } = session.name_collection ?? {}
  if (individual?.enabled && !individual.optional && !individual_name) {
    throw missing('individual_name', "the buyer's name")
  }
  if (business?.enabled && !business.optional && !business_name) {
    throw missing('business_name', 'the name of the business')
  }
}

function takeShipping(world: World, session: Session, body: Collected): void {
  const isForServer = session.permissions?.update_shipping_details === 'server_only'
  if (body.shipping_address && !isForServer) {
    setShipping(world, session.id, body.shipping_address.name ?? '', body.shipping_address.address)
  }
  if (!session.shipping_address_collection) return
  const shipping = world.store.need('session', session.id).collected_information?.shipping_details
  if (!shipping?.address.line1) throw missing('shipping_address', 'a shipping address')
}

function takeConsent(world: World, session: Session, { consent }: Collected): void {
  if (!session.consent_collection) return
  const isRequired = session.consent_collection.terms_of_service === 'required'
  const terms_of_service = consent?.terms_of_service ?? null
  if (isRequired && terms_of_service === null) {
    throw missing(
      'consent[terms_of_service]',
      'the terms accepted in the Terms Element, which is in private beta',
    )
  }
  const promotions = session.consent_collection.promotions === 'auto' ? (consent?.promotions ?? null) : null
  world.store.patch('session', session.id, { consent: { promotions, terms_of_service } })
}

/** Takes what the buyer told into the session, and refuses when something it needs is absent. */
export function collectDetails(
  world: World,
  session: Session,
  body: Collected,
  method: Records['payment_method'] | null,
): void {
  const known = session.customer_details
  const billing = method?.billing_details
  const email = emailOf(world, session, body, method)
  const phone = body.phone ?? known?.phone ?? billing?.phone ?? null
  if (session.phone_number_collection?.enabled && !phone) throw missing('phone', 'a phone number')
  const address = fullAddress(body.billing_address?.address) ?? known?.address ?? billing?.address ?? null
  if (session.billing_address_collection === 'required' && !(address?.country && address.line1)) {
    throw missing('billing_address', 'a billing address')
  }
  const name = body.billing_address?.name ?? known?.name ?? billing?.name ?? null
  collect(world, session.id, { email, phone, address, name })
  takeNames(world, session, body)
  takeShipping(world, session, body)
  takeConsent(world, session, body)
  if (!method || method.customer !== null) return
  const details = { ...method.billing_details, email, phone: method.billing_details.phone ?? phone }
  world.store.patch('payment_method', method.id, {
    billing_details: { ...details, name: details.name ?? name, address: details.address ?? address },
  })
}

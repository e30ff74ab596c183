import type { PageState } from '../../browser-api'
import { billingContact, sessionEmail, shippingContact } from './session-view'
import { taxStatus } from './tax-view'

/** Whether the buyer has told all the session asks for; what elements still hold is theirs to say. */
export function hasWhatItAsks(state: PageState): boolean {
  const { session } = state
  const { individual, business } = session.name_collection ?? {}
  const names = session.collected_information
  const answers = [
    sessionEmail(state) !== null,
    session.billing_address_collection !== 'required' || billingContact(state) !== null,
    !session.shipping_address_collection || shippingContact(state) !== null,
    !session.phone_number_collection?.enabled || Boolean(session.customer_details?.phone),
    !individual?.enabled || individual.optional || Boolean(names?.individual_name),
    taxStatus(session).status === 'ready' && session.automatic_tax.status !== 'failed',
    !business?.enabled || business.optional || Boolean(names?.business_name),
  ]
  return answers.every(Boolean)
}

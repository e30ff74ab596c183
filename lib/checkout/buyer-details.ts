import type Stripe from 'stripe'
import type { BuyerDetails, PostalAddress } from '@/db/types'

/** What Stripe collected of the buyer beside e-mail, name and phone. */
export function buyerDetails(session: Stripe.Checkout.Session): BuyerDetails {
  const { customer_details: details, collected_information: collected } = session
  const shipping = collected?.shipping_details
  return {
    address: postalAddress(details?.address),
    shipping: shipping ? { name: shipping.name, address: postalAddress(shipping.address) ?? nowhere } : null,
    individual_name: collected?.individual_name ?? null,
    business_name: collected?.business_name ?? null,
    tax_ids: (details?.tax_ids ?? []).map(({ type, value }) => ({ type, value })),
  }
}

const nowhere: PostalAddress = {
  line1: null,
  line2: null,
  city: null,
  postal_code: null,
  state: null,
  country: null,
}

/** Null where there is not so much as a country. */
function postalAddress(address: Stripe.Address | null | undefined): PostalAddress | null {
  if (!address) return null
  const { line1, line2, city, postal_code, state, country } = address
  const whole = { line1, line2, city, postal_code, state, country }
  return Object.values(whole).some(Boolean) ? whole : null
}

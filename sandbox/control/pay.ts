import { z } from 'zod'
import { fullBillingDetails } from '../api/payment-methods'
import { pageState } from '../browser-api'
import type { Collected } from '../payments/collection'
import { confirmSession, resumeSession } from '../payments/confirm'
import type { NextAction } from '../payments/intent'
import { createPaymentMethod, type NewMethod } from '../payments/payment-method'
import { findSession, type Session } from '../payments/session'
import type { World } from '../world'

export const payBody = z.strictObject({
  payment_method: z.enum(['bancontact', 'card', 'ideal', 'sepa_debit', 'none']).default('card'),
  number: z.string().default('4242424242424242'),
  iban: z.string().default('DE89370400440532013000'),
  email: z.string().optional(),
  name: z.string().default('Jenny Rosen'),
  phone: z.string().default('+14155550100'),
  save_payment_method: z.boolean().optional(),
  business_name: z.string().default('Rosen Ltd'),
  /** Where the goods go, if the session asks; `name` gets them. */
  shipping_country: z.string().length(2).optional(),
  promotions: z.enum(['opt_in', 'opt_out']).optional(),
  expected_amount: z.number().int().optional(),
  /** What the buyer does when asked: 3-D Secure or the bank's page. `leave` goes away. */
  action: z.enum(['complete', 'fail', 'leave']).default('complete'),
})

const home = {
  city: 'Berlin',
  country: 'DE',
  line1: 'Unter den Linden 1',
  line2: null,
  postal_code: '10117',
  state: null,
}

/** What a session asks for beside e-mail, phone and billing address, as this buyer answers it. */
function answersTo(session: Session, body: z.output<typeof payBody>): Collected {
  const {
    shipping_address_collection: shipping,
    name_collection: names,
    collected_information: told,
  } = session
  const countries: string[] = shipping?.allowed_countries ?? []
  const country = body.shipping_country ?? (countries.includes(home.country) ? home.country : countries[0])
  const isAsked = country !== undefined && shipping !== null && !told?.shipping_details
  return {
    ...(isAsked ? { shipping_address: { name: body.name, address: { ...home, country } } } : {}),
    ...(names?.individual?.enabled ? { individual_name: told?.individual_name ?? body.name } : {}),
    ...(names?.business?.enabled ? { business_name: told?.business_name ?? body.business_name } : {}),
    consent: { terms_of_service: 'accepted', promotions: body.promotions },
  }
}

/**
 * Pays a session as a buyer in a browser would, through the same code. Returns the page's state and what the
 * buyer still has to do; throws Stripe's card error on a decline.
 */
export function paySession(world: World, id: string, body: z.output<typeof payBody>): object {
  const session = findSession(world, id)
  const locked = session.customer_details?.email ?? undefined
  const email = body.email ?? locked ?? 'jenny.rosen@example.com'
  const billing_details = fullBillingDetails({ email, name: body.name, phone: body.phone, address: home })
  const year = new Date(world.clock.now()).getUTCFullYear() + 2
  const number = body.number.replaceAll(/\s/g, '')
  const input: NewMethod =
    body.payment_method === 'card'
      ? {
          type: 'card',
          billing_details,
          card: { number, exp_month: 12, exp_year: year, cvc: /^3[47]/.test(number) ? '1234' : '123' },
        }
      : body.payment_method === 'sepa_debit'
        ? { type: 'sepa_debit', billing_details, sepa_debit: { iban: body.iban } }
        : { type: body.payment_method === 'bancontact' ? 'bancontact' : 'ideal', billing_details }
  const method = body.payment_method === 'none' ? null : createPaymentMethod(world, input)
  let next: NextAction = confirmSession(world, id, {
    ...answersTo(session, body),
    payment_method: method?.id,
    email,
    phone: body.phone,
    billing_address: { name: body.name, address: home },
    save_payment_method: body.save_payment_method,
    expected_amount: body.expected_amount,
  })
  if (next !== null && body.action !== 'leave') {
    const asked = new URL(next.url).searchParams
    const intent = asked.get('payment_intent') ?? asked.get('setup_intent') ?? ''
    next = resumeSession(world, intent, body.action === 'complete')
  }
  return { ...pageState(world, id), next_action: next }
}

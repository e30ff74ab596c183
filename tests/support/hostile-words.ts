import type { LinkConfig } from '@/db/types'
import type { OwnLink } from './link-like'
import { payloads } from './payloads'
import type { StackClient } from './stack'

/** Every place of somebody else's making that a page of ours writes down. */
export const sinks = [
  ...['merchant', 'support', 'terms', 'privacy', 'logo', 'rawLogo', 'name', 'inactive', 'message'],
  ...['product', 'about', 'image', 'extra', 'extraAbout', 'rawImage', 'rate', 'label', 'option', 'preset'],
  ...[
    'shippingText',
    'submitText',
    'afterText',
    'termsText',
    'buyer',
    'email',
    'phone',
    'fullName',
    'business',
  ],
  ...[
    'taxId',
    'shipTo',
    'street',
    'city',
    'region',
    'item',
    'question',
    'answer',
    'chosen',
    'method',
    'reference',
  ],
  ...['source', 'campaign', 'firstSource', 'agreed', 'agreedAt', 'reason', 'missing', 'charge', 'refusal'],
] as const
export type Sink = (typeof sinks)[number]
export type Words = (sink: Sink) => string

const third = payloads.length / 3

/** Once through this many rounds, and every sink has had every payload. */
export const rounds = third

/** What stands where in a round: three payloads at a time, and nowhere the same at the same time. */
export const hostileWords =
  (round: number): Words =>
  (sink) => {
    const at = (round + sinks.indexOf(sink)) % third
    return [0, third, 2 * third].map((part) => payloads[at + part]).join(' ')
  }

/** The same pages with nothing wrong in them, to compare with. */
export const calmWords: Words = (sink) => `A calm word for ${sink}`

/** What of a page was written with these words in it. */
export type Places = {
  open: OwnLink & { extra: string; rate: string }
  closed: OwnLink
  order: string
  charge: string
}

/** Writes the words into every place, as whoever has the say there might have; no schema is asked. */
export async function writeWords({ sql }: StackClient, places: Places, say: Words): Promise<void> {
  const { open, closed, order, charge } = places
  const text = (sink: Sink) => ({
    key: sink,
    label: say('label'),
    type: 'text',
    optional: true,
    minimum: null,
    maximum: null,
    default_value: say('preset'),
  })
  const config = {
    branding_settings: branding(`https://logo.example/${say('logo')}`),
    custom_fields: [
      text('label'),
      {
        ...text('option'),
        type: 'dropdown',
        options: [{ label: say('option'), value: 'l' }],
        default_value: 'l',
      },
    ],
    custom_text: {
      shipping_address: say('shippingText'),
      submit: say('submitText'),
      after_submit: say('afterText'),
      terms_of_service_acceptance: say('termsText'),
    },
    after_completion: {
      type: 'hosted_confirmation',
      hosted_confirmation: { custom_message: say('message') },
    },
  } as Partial<LinkConfig>
  const product = (price: string, name: Sink, about: Sink, image: string) => sql`
    update products set name = ${say(name)}, description = ${say(about)}, images = ${sql.json([image])}
    where id = (select product_id from prices where id = ${price})`
  const version = (link: OwnLink, change: Partial<LinkConfig>) => sql`
    update payment_link_versions set config = config || ${sql.json(change)} where link_id = ${link.id}`
  await Promise.all([
    sql`
      update merchant set name = ${say('merchant')}, support_email = ${say('support')},
        terms_url = ${`https://terms.example/${say('terms')}`},
        privacy_url = ${`https://privacy.example/${say('privacy')}`}`,
    product(open.price, 'product', 'about', `https://image.example/${say('image')}`),
    product(open.extra, 'extra', 'extraAbout', say('rawImage')),
    sql`update shipping_rates set name = ${say('rate')} where id = ${open.rate}`,
    version(open, config),
    version(closed, { branding_settings: branding(say('rawLogo')) }),
    sql`update payment_links set inactive_message = ${say('inactive')} where id = ${closed.id}`,
    sql`update payment_links set name = ${say('name')} where id = ${open.id}`,
    sql`
      update saved_charges set description = ${say('charge')}, failure_code = 'card_declined',
        failure_message = ${say('refusal')} where id = ${charge}`,
    writeOrder({ sql }, order, say),
  ])
}

const branding = (logo: string) => ({ logo, button_color: null, background_color: null, border_style: null })

async function writeOrder({ sql }: Pick<StackClient, 'sql'>, order: string, say: Words): Promise<void> {
  const address = {
    line1: say('street'),
    line2: null,
    city: say('city'),
    postal_code: null,
    state: say('region'),
    country: 'DE',
  }
  const details = {
    address,
    shipping: { name: say('shipTo'), address },
    individual_name: say('fullName'),
    business_name: say('business'),
    tax_ids: [{ type: 'eu_vat', value: say('taxId') }],
  }
  const fields = [
    { key: 'a', label: say('question'), type: 'text', value: say('answer') },
    { key: 'b', label: 'Size', type: 'dropdown', value: 'l', chosen: say('chosen') },
  ]
  const terms = { version: 'x'.repeat(43), url: say('agreedAt'), privacy_url: null, text: say('agreed') }
  const consent = {
    terms_of_service: 'accepted',
    promotions: 'opt_in',
    terms,
    link_version: 1,
    at: '2026-11-22T00:00:00Z',
  }
  await sql`
    update orders set customer_name = ${say('buyer')}, customer_email = ${say('email')},
      customer_phone = ${say('phone')}, buyer_details = ${sql.json(details)}, custom_fields = ${sql.json(fields)},
      consent = ${sql.json(consent)}, client_reference_id = ${say('reference')},
      last_touch = ${sql.json({ utm_source: say('source'), utm_campaign: say('campaign') })},
      first_touch = ${sql.json({ utm_source: say('firstSource') })},
      items = jsonb_set(items, '{0,name}', ${sql.json(say('item'))}),
      payment_method = ${sql.json({ type: say('method'), brand: null, last4: '4242' })}
    where id = ${order}`
  await sql`
    insert into order_facts (order_id, kind, source, detail) values
      (${order}, 'review', 'webhook', ${sql.json({ reasons: [say('reason')] })}),
      (${order}, 'unanswered', 'webhook', ${sql.json({ fields: [say('missing')] })})
    on conflict (order_id, kind) do update set detail = excluded.detail`
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CustomField } from '@/db/types'
import { createPrice, createProduct } from '@/lib/catalog/catalog'
import { createShippingRate } from '@/lib/catalog/shipping'
import { createLink } from '@/lib/links/links'
import { callAction } from '../support/action'
import { sharedStack } from '../support/api'
import { Buyer, eventually } from '../support/buyer'
import { joinStack } from '../support/domain'
import {
  calmWords,
  hostileWords,
  type Places,
  rounds,
  type Sink,
  sinks,
  type Words,
  writeWords,
} from '../support/hostile-words'
import { flightOf, type Html, readHtml, runs, skeleton } from '../support/html'
import { forgetAttempts, ownerBrowser } from '../support/owner'
import { payloads } from '../support/payloads'
import { unfinishedCharge } from '../support/unfinished-charge'

const stack = sharedStack()
const { sql, sandbox } = stack

type Page = { path: string; as: Buyer; shows: readonly Sink[]; hands?: readonly Sink[] }

let merchant: Record<string, unknown>
let owner: Buyer
let places: Places
let ahead: string[] = []
let pages: Page[]

async function priceOf(name: string) {
  const { id } = await createProduct({ name, description: 'x', images: ['https://image.example/x'] })
  return (await createPrice({ product: id, currency: 'eur', unit_amount: 1000 })).id
}

async function sell(slug: string, answer?: (session: string, buyer: Buyer) => Promise<unknown>) {
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(slug)
  await answer?.(id, buyer)
  await sandbox.pay(id, { payment_method: 'card', email: 'hostile@example.com' })
  const [order] = await eventually(async () => {
    const rows = await sql`
      select id, receipt_token from orders where stripe_session_id = ${id} and status = 'paid'`
    return rows.length > 0 ? rows : null
  })
  return { buyer, session: id, order: order?.id as string, receipt: order?.receipt_token as string }
}

beforeAll(async () => {
  await forgetAttempts(stack)
  owner = await ownerBrowser(stack)
  merchant = (await sql`select * from merchant`)[0] as Record<string, unknown>
  const charge = await unfinishedCharge(stack, 'Box of November')
  joinStack(stack)
  const [price, extra] = [await priceOf('A book'), await priceOf('A bookmark')]
  const rate = await createShippingRate({ display_name: 'Post', currency: 'eur', amount: 350 })
  const closed = await createLink({ line_items: [{ price: await priceOf('A map'), quantity: 1 }] })
  await sql`update payment_links set active = false where id = ${closed.id}`
  const open = await createLink({
    line_items: [{ price, quantity: 1 }],
    optional_items: [{ price: extra, quantity: 1 }],
    shipping_address_collection: { allowed_countries: ['DE'] },
    shipping_options: [{ shipping_rate: rate.id }],
  })
  const sold = await sell(open.slug)
  places = {
    open: { ...open, price, extra, rate: rate.id },
    closed: { ...closed, price },
    order: sold.order,
    charge: charge.id,
  }
  const [order] =
    await sql`select id from orders where id <> ${sold.order} order by created_at desc, id desc limit 1`
  // An order that comes in meanwhile, of another test, gets no place between the two.
  ahead = [order?.id, sold.order]
  await moveOrders('+')
  const [link] =
    await sql`select id from payment_links where id <> ${open.id} order by created_at desc, id desc limit 1`
  pages = [
    {
      path: `/${open.slug}`,
      as: new Buyer(stack),
      shows: [
        'merchant',
        'support',
        'terms',
        'privacy',
        'logo',
        'product',
        'about',
        'image',
        'extra',
        'extraAbout',
        'rate',
      ],
      hands: ['label', 'option', 'preset', 'shippingText', 'submitText', 'afterText', 'termsText'],
    },
    { path: `/${closed.slug}`, as: new Buyer(stack), shows: ['merchant', 'support', 'inactive'] },
    {
      path: `/receipt/${sold.receipt}`,
      as: sold.buyer,
      shows: ['merchant', 'support', 'email', 'item', 'question', 'answer', 'chosen', 'message', 'method'],
    },
    { path: `/finish/${charge.token}`, as: new Buyer(stack), shows: ['merchant', 'charge', 'refusal'] },
    {
      path: `/dashboard/orders/${sold.order}`,
      as: owner,
      shows: [
        ...([
          'merchant',
          'name',
          'buyer',
          'email',
          'phone',
          'fullName',
          'business',
          'taxId',
          'shipTo',
        ] as const),
        ...([
          'street',
          'city',
          'region',
          'item',
          'question',
          'answer',
          'chosen',
          'method',
          'reference',
        ] as const),
        ...(['source', 'campaign', 'firstSource', 'agreed', 'agreedAt', 'reason', 'missing'] as const),
      ],
    },
    {
      path: `/dashboard/orders?before=${order?.id}`,
      as: owner,
      shows: ['buyer', 'email', 'name', 'source', 'campaign', 'reference'],
    },
    { path: `/dashboard/links?before=${link?.id}`, as: owner, shows: ['name'] },
  ]
})

afterAll(async () => {
  await moveOrders('-')
  if (merchant) await sql`update merchant set ${sql(merchant)}`
})

async function moveOrders(way: '+' | '-'): Promise<void> {
  await sql`
    update orders set created_at = created_at ${sql.unsafe(way)} interval '10 days' where id in ${sql(ahead)}`
}

async function read({ path, as }: Pick<Page, 'path' | 'as'>): Promise<Html> {
  const response = await as.fetch(path)
  expect(response.status, path).toBe(200)
  return readHtml(await response.text())
}

/** What is wrong with a page, in words; `calm` is the same page with nothing wrong in it. */
function problems(page: Html, calm: Html, shows: string[], hands: string[]): string[] {
  const seen = [...page.texts, ...page.tags.flatMap(({ attributes }) => attributes.map(([, value]) => value))]
  const handed = flightOf(page)
  return [
    ...(skeleton(page) === skeleton(calm) ? [] : ['its markup is another']),
    ...runs(page, calm),
    ...shows.filter((text) => !seen.some((one) => one.includes(text))).map((text) => `does not show ${text}`),
    ...hands
      .filter((text) => !handed.includes(JSON.stringify(text).slice(1, -1)))
      .map((text) => `does not hand over ${text}`),
  ]
}

describe('texts of others', () => {
  // Mutants: dangerouslySetInnerHTML for any of them; a text in an inline script; an image or a logo of any scheme;
  // a title put together as markup; a link to a text.
  test(`${payloads.length} payloads in ${sinks.length} places are texts on every page`, async () => {
    const written = async (say: Words) => {
      await writeWords(stack, places, say)
      return Promise.all(pages.map(read))
    }
    const calm = await written(calmWords)
    expect((await written(calmWords)).map(skeleton)).toEqual(calm.map(skeleton))
    const breaches: string[] = []
    for (let round = 0; round < rounds; round += 1) {
      const say = hostileWords(round)
      const found = await written(say)
      for (const [at, { path, shows, hands = [] }] of pages.entries()) {
        const wrong = problems(found[at] as Html, calm[at] as Html, shows.map(say), hands.map(say))
        breaches.push(...wrong.map((problem) => `${path}, round ${round}: ${problem}`))
      }
    }
    expect(breaches).toEqual([])
    const used = Array.from({ length: rounds }, (_, round) => hostileWords(round)('merchant')).join('\n')
    expect(payloads.filter((payload) => !used.includes(payload))).toEqual([])
  })

  // Mutants: as above, for what a buyer typed; a script of the event in the page that shows it.
  test('typed by a buyer stand as texts on the receipt, the order and the event', async () => {
    const size = rounds / 2
    const fields = Array.from(
      { length: size },
      (_, at): CustomField => ({
        ...{ key: `field${at}`, label: `Field ${at}`, type: 'long_text', optional: true },
        ...{ minimum: null, maximum: null, default_value: null },
      }),
    )
    const { slug } = await createLink({
      line_items: [{ price: await priceOf('A globe'), quantity: 1 }],
      custom_fields: fields,
    })
    const typed = async (say: (at: number) => string) => {
      const texts = fields.map((_, at) => say(at))
      const sold = await sell(slug, async (session, buyer) => {
        const answers = Object.fromEntries(texts.map((text, at) => [`field${at}`, text]))
        const sent = { session, answers, terms: null, promotions: false }
        const origin = { origin: stack.baseUrl }
        expect(await callAction(buyer, slug, 'saveAnswers', [sent], origin)).toEqual({ kind: 'saved' })
      })
      const [event] = await sql`
        select id from events where type = 'checkout.session.completed' and data->'object'->>'id' = ${sold.session}`
      const found = [
        { path: `/receipt/${sold.receipt}`, as: sold.buyer },
        { path: `/dashboard/orders/${sold.order}`, as: owner },
        { path: `/dashboard/developers/events/${event?.id}`, as: owner },
      ]
      return { texts, pages: await Promise.all(found.map(read)) }
    }
    const calm = await typed((at) => `Answer ${at}`)
    for (const half of [0, size]) {
      const { texts, pages } = await typed((at) => hostileWords(half + at)('answer'))
      for (const [at, page] of pages.entries()) {
        const shown = at === 2 ? texts.map((text) => JSON.stringify(text).slice(1, -1)) : texts
        expect(problems(page, calm.pages[at] as Html, shown, [])).toEqual([])
      }
    }
  })
})

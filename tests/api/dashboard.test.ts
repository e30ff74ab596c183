import { beforeAll, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { ownerBrowser } from '../support/owner'

const stack = sharedStack()
const { sql, baseUrl } = stack
const pages = ['/dashboard/links', '/dashboard/orders']
/** How Next's own script asks for a page's data. */
const rsc: Record<string, string> = { rsc: '1' }
const marker = 'cart_for_the_dashboard'

let owner: Buyer

/** Asks for a page; Next first sends a request for data on to an address that a cache can tell from the page's. */
async function ask(browser: Buyer, path: string, headers: Record<string, string>): Promise<Response> {
  const response = await browser.fetch(path, { headers })
  const location = response.headers.get('location') ?? ''
  return location.includes('_rsc') ? browser.fetch(location, { headers }) : response
}

/** Copies a seeded row `count` times, oldest first, a minute apart. */
async function addLinks(count: number) {
  await sql`
    insert into payment_links (id, livemode, slug, name, signing_secret, created_via, created_at)
    select 'plink_page' || n, livemode, 'page-' || n, 'Paged <b>' || n || '</b>', 'x', 'api', now() - make_interval(mins => ${count} - n)
    from payment_links, generate_series(1, ${count}::int) n where slug = 'quiet-machine'`
  await sql`
    insert into payment_link_versions (link_id, version, config)
    select 'plink_page' || n, 1, v.config from generate_series(1, ${count}::int) n,
      payment_link_versions v join payment_links l on l.id = v.link_id
    where l.slug = 'quiet-machine' and v.version = 1`
}

async function addOrders(count: number) {
  await sql`
    insert into checkout_sessions (id, livemode, link_id, link_version, buyer_hash, snapshot, expires_at)
    select 'cks_page' || n, l.livemode, l.id, 1, 'x', '{}', now()
    from payment_links l, generate_series(1, ${count}::int) n where slug = 'quiet-machine'`
  await sql`
    insert into orders (id, number, livemode, checkout_session_id, stripe_session_id, link_id, link_version, status,
      currency, amount_subtotal, amount_total, items, customer_email, customer_name, client_reference_id, last_touch, receipt_token, created_at)
    select 'ord_page' || n, 'PAGE-' || n, s.livemode, s.id, 'cs_page' || n, s.link_id, 1, 'paid', 'jpy', 1, 12000 + n, '[]',
      'buyer' || n || '@example.org', 'Buyer ' || n, ${marker}::text, '{"utm_campaign":"spring-letter","utm_source":"newsletter"}', 'r' || n,
      now() - make_interval(mins => ${count} - n)
    from generate_series(1, ${count}::int) n join checkout_sessions s on s.id = 'cks_page' || n`
}

const total = 103

beforeAll(async () => {
  owner = await ownerBrowser(stack)
  await addLinks(total)
  await addOrders(total)
})

/** Follows "Older" to the end and "Newer" back. @returns the pages' texts both ways */
async function walk(path: string) {
  const step = async (at: string) => {
    const html = await (await owner.fetch(at)).text()
    const link = (word: string) =>
      new RegExp(`href="([^"]+)"[^>]*>${word}<`).exec(html)?.[1]?.replaceAll('&amp;', '&')
    return { html, older: link('Older'), newer: link('Newer') }
  }
  const down = [await step(path)]
  for (let next = down[0]?.older; next && down.length < 9; next = down.at(-1)?.older)
    down.push(await step(next))
  const up = [down.at(-1)]
  for (let next = up[0]?.newer; next && up.length < 9; next = up.at(-1)?.newer) up.push(await step(next))
  return { down: down.map(({ html }) => html), up: up.map((page) => page?.html ?? '') }
}

const found = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, n]) => Number(n))
const newestFirst = Array.from({ length: total }, (_, index) => total - index)

describe('without a user', () => {
  test.each([
    '/dashboard',
    ...pages,
    '/dashboard/orders/some-order',
    '/dashboard/developers/received',
    '/dashboard/links?after=a-cursor',
  ])('%s sends to sign-in and says nothing', async (path) => {
    const requests: Record<string, string>[] = [
      {},
      rsc,
      { ...rsc, 'next-router-prefetch': '1' },
      { cookie: 'buylink.session_token=x.y' },
    ]
    for (const headers of requests) {
      const response = await ask(new Buyer(stack), path, headers)
      const text = await response.text()
      expect(text).not.toMatch(/quiet-machine|Paged |plink_|ord_|PAGE-|example\.org|Sign out/)
      // A prefetch is answered with the names of the route's parts alone.
      if ('next-router-prefetch' in headers) continue
      if ('rsc' in headers) expect(text + response.headers.get('location')).toContain('/login')
      else
        expect(response.headers.get('location')).toBe(
          `/login?next=${encodeURIComponent(path === '/dashboard' ? '/dashboard/links' : path)}`,
        )
    }
  })

  // The same questions with a user find what they must not find above.
  test.each(pages)('%s has something to say', async (path) => {
    const inside = path.endsWith('links') ? 'Paged ' : marker
    expect(await (await owner.fetch(path)).text()).toContain(inside)
    const data = await ask(owner, path, rsc)
    expect(data.headers.get('content-type')).toContain('text/x-component')
    expect(await data.text()).toContain(inside)
  })
})

describe('the list of links', () => {
  test('shows address, price and state, with names as text', async () => {
    const html = await (await owner.fetch('/dashboard/links')).text()
    expect(html).toContain(`href="${baseUrl}/page-${total}"`)
    expect(html).toContain(`Paged &lt;b&gt;${total}&lt;/b&gt;`)
    expect(html).toContain('€28.00')
    expect(html).toContain('Test mode')
    const { down } = await walk('/dashboard/links')
    const everything = down.join('')
    for (const state of ['Active', 'Switched off', 'Sold out']) expect(everything).toContain(`>${state}<`)
    expect(everything).toContain('per month')
    const donation = everything.split('<tr').find((row) => row.includes('/reading-room"'))
    expect(donation).toContain('Buyer chooses')
    expect(donation).not.toContain('€')
  })

  test('is paged newest first, each link once, there and back', async () => {
    const { down, up } = await walk('/dashboard/links')
    const numbers = (html: string) => found(html, /<a href="[^"]*\/page-(\d+)"/g)
    expect(down.flatMap(numbers)).toEqual(newestFirst)
    expect(up.reverse().flatMap(numbers)).toEqual(newestFirst)
  })
})

describe('the list of orders', () => {
  test('shows amount, state, buyer, link, campaign, reference, number and time', async () => {
    const html = await (await owner.fetch('/dashboard/orders')).text()
    const rows = html.split('<tr').filter((row) => row.includes(`PAGE-${total}<`))
    expect(rows).toHaveLength(1)
    const text = rows[0]?.replace(/<[^>]*>/g, ' ')
    for (const part of [
      `¥12,103`,
      'Paid',
      `Buyer ${total}`,
      `buyer${total}@example.org`,
      'The Quiet Machine, signed',
      'spring-letter',
      'newsletter',
      marker,
    ])
      expect(text).toContain(part)
    expect(rows[0]).toMatch(
      /<time dateTime="\d{4}-\d\d-\d\dT[\d:.]+Z"[^>]*>\d{1,2} \w{3,4} \d{4}, \d\d:\d\d UTC</,
    )
  })

  test('is paged newest first, each order once, there and back', async () => {
    const { down, up } = await walk('/dashboard/orders')
    const numbers = (html: string) => found(html, /Order(?:<!-- -->|\s)*<a[^>]*>PAGE-(\d+)</g)
    expect(down.flatMap(numbers)).toEqual(newestFirst)
    expect(up.reverse().flatMap(numbers)).toEqual(newestFirst)
  })

  test.each([
    '?after=ord_unknown',
    '?before=ord_unknown',
    '?after=',
    '?after=a&after=b',
    `?after=${'x'.repeat(200)}`,
    '?after=%27%3B--',
  ])('answers %s', async (query) => {
    const response = await owner.fetch(`/dashboard/orders${query}`)
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/Nothing on this page|PAGE-/)
  })
})

test('an empty shop says how to begin', async () => {
  const html = async (path: string) => (await owner.fetch(path)).text()
  await sql`update payment_links set livemode = true`
  await sql`update orders set livemode = true`
  try {
    expect(await html('/dashboard/links')).toMatch(/No payment links yet.*stop the server.*npm run db:seed/s)
    expect(await html('/dashboard/orders')).toContain('No orders yet')
  } finally {
    await sql`update payment_links set livemode = false`
    await sql`update orders set livemode = false`
  }
})

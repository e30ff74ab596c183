import { expect, test } from 'vitest'
import { signParameters } from '@/lib/links/redirect'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { eachOf } from '../support/crowd'
import { hostileQueries } from '../support/hostile'
import { openShop, stateOf } from '../support/hostile-shop'
import { linkLike } from '../support/link-like'
import { redirectTargets } from '../support/redirect-targets'
import { unfinishedCharge } from '../support/unfinished-charge'

const stack = sharedStack()
const { sql, sandbox, baseUrl } = stack
const seed = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 2 ** 31))
const count = 256

const names = [
  ...[
    'url',
    'redirect',
    'redirect_url',
    'return_url',
    'success_url',
    'next',
    'to',
    'after_completion[redirect][url]',
  ],
  ...[
    'status',
    'bl_sig',
    'bl_ts',
    'utm_source',
    'client_reference_id',
    'session_id',
    'slug',
    'locale',
    'host',
  ],
]

// Mutants: a target, a code or a status of the query; a Location made of the request's host.
test('a buyer who has paid leaves for the saved target, whatever stands in the address', async () => {
  const { slug } = await linkLike(stack, 'quiet-machine', {
    after_completion: {
      type: 'redirect',
      redirect: { url: 'https://shop.example/thanks?of={CHECKOUT_SESSION_ID}' },
    },
  })
  const buyer = new Buyer(stack)
  const { id } = await buyer.open(slug, '?utm_source=newsletter&client_reference_id=cart_42')
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  const leads = async (query: string, headers: Record<string, string> = {}) => {
    const response = await buyer.fetch(`/${slug}/return?session_id=${id}${query}`, { headers })
    const to = new URL(response.headers.get('location') ?? 'none:')
    const { bl_ts, bl_sig, ...told } = Object.fromEntries(to.searchParams)
    const isSigned = bl_sig === signParameters(to.searchParams, 'lnksec_test')
    const isFresh = Math.abs(Number(bl_ts) * 1000 - Date.now()) < 60_000
    return { status: response.status, to: to.origin + to.pathname + to.hash, told, isSigned, isFresh }
  }
  const plain = await leads('')
  expect(plain).toEqual({
    status: 303,
    to: 'https://shop.example/thanks',
    told: { of: id, utm_source: 'newsletter', client_reference_id: 'cart_42', status: 'paid' },
    isSigned: true,
    isFresh: true,
  })
  const odd: string[] = []
  const hosts: Record<string, string>[] = [
    {},
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' },
  ]
  await eachOf(redirectTargets, 8, async ([address], index) => {
    const [one, other] = [names[index % names.length], names[(index * 7 + 3) % names.length]]
    const query = new URLSearchParams([
      [one ?? '', address],
      [other ?? '', address],
    ])
    const found = await leads(`&${query}`, hosts[index % hosts.length])
    if (JSON.stringify(found) !== JSON.stringify(plain)) odd.push(`${query}: ${JSON.stringify(found)}`)
  })
  expect(odd).toEqual([])
})

// Mutants: a Location made of the request's host; an id that is not looked at before it is searched for.
test(`${count} ways to come back lead to a page of ours or to none (seed ${seed})`, async () => {
  const shop = await openShop(stack)
  const [victim, other] = [await shop.visitor(), await shop.visitor()]
  const untouched = await stateOf(stack, victim)
  const { basket, gift } = victim.sessions
  const ids = [basket, gift, ...Object.values(other.sessions)]
  const spoilt = ids.flatMap((id) => [
    `${id}'--`,
    `${id}\n`,
    id.toUpperCase(),
    `../${id}`,
    `//evil.example/${id}`,
  ])
  const sessions = [...ids, ...spoilt, '', '\0', 'cs_test_', `cs_test_${'a'.repeat(300)}`, '[object Object]']
  const odd: string[] = []
  await eachOf(hostileQueries(count, seed), 8, async (query, index) => {
    const session = encodeURIComponent(sessions[index % sessions.length] as string)
    const pair = `session_id${index % 7 === 0 ? '[]' : ''}=${session}`
    const asked = index % 3 === 0 ? `${query}&${pair}` : `?${pair}&${query.slice(1)}`
    const slug = [shop.basket.slug, shop.gift.slug, 'quiet-machine', '%ZZ', '%00', '..%2f..', '%ff'][
      index % 7
    ]
    const response = await new Buyer(stack).fetch(`/${slug}/return${asked}`, {
      headers: index % 5 === 0 ? { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' } : {},
    })
    await response.arrayBuffer()
    const to = response.headers.get('location')
    const ours = to === null || new RegExp(`^${baseUrl}/[\\w%.-]+(\\?locale=[\\w-]+)?$`).test(to)
    if (![303, 404].includes(response.status) || !ours) odd.push(`${response.status} ${to} ${slug} ${asked}`)
  })
  expect(odd).toEqual([])
  expect(await stateOf(stack, victim)).toEqual(untouched)
})

// Mutants: look a token up trimmed, or without its case; an error for what cannot be one; a Location from the query.
test(`${count} addresses of a payment to be finished show no other, change nothing (seed ${seed})`, async () => {
  const { id, token } = await unfinishedCharge(stack, 'Box of November')
  const row = () =>
    sql`select to_jsonb(c) - 'checked_at' - 'updated_at' as row from saved_charges c where id = ${id}`
  const before = await row()
  const near = Array.from({ length: 32 }, (_, at) => `${token.slice(0, at)}.${token.slice(at + 1)}`)
  const others = [
    `${token}%00`,
    `${token}%0a`,
    `%20${token}`,
    token.slice(1),
    `${token}a`,
    flipped(token),
    '%ff',
    '%ZZ',
  ]
  const far = [
    '..%2f..',
    '%2e%2e',
    "x'%20or%201=1",
    '%3Cscript%3E',
    'a'.repeat(32),
    '__proto__',
    'undefined',
    '%00',
  ]
  const tokens = [...near, ...others, ...far]
  const odd: string[] = []
  await eachOf(hostileQueries(count, seed), 8, async (query, index) => {
    const wrong = index % 8 === 0 ? token : (tokens[index % tokens.length] as string)
    // A page costs ten times what a route does.
    for (const way of index % 4 === 0 ? ['', '/return'] : ['/return']) {
      const response = await new Buyer(stack).fetch(`/finish/${wrong}${way}${query}`)
      const html = await response.text()
      const to = response.headers.get('location')
      const should = wrong === token ? (way ? [303, `${baseUrl}/finish/${token}`] : [200, null]) : [404, null]
      const told = html.includes('Box of November') !== (wrong === token && !way)
      if (
        JSON.stringify([response.status, to]) !== JSON.stringify(should) ||
        told ||
        /<script>pwned|evil\.example["']/.test(html)
      )
        odd.push(`${response.status} ${to} ${told} ${wrong}${way}${query}`)
    }
  })
  expect(odd).toEqual([])
  expect(await row()).toEqual(before)
})

const flipped = (text: string) =>
  text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )

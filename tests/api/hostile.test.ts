import { expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { eachOf } from '../support/crowd'
import { hostileBodies, hostileQueries } from '../support/hostile'

const stack = sharedStack()
const { sandbox } = stack
const seed = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 2 ** 31))

// Mutants: write a parameter into the page; let an unknown language be an error; decode by hand.
test(`600 hostile addresses open the page and change nothing in it (seed ${seed})`, async () => {
  const plain = await page('')
  const breaches: string[] = []
  await eachOf(hostileQueries(600, seed), 8, async (query) => {
    const found = await page(query)
    const same = found.offer === plain.offer
    if (found.status !== 200 || found.pwned || !same) breaches.push(`${found.status} ${same} ${query}`)
  })
  expect(breaches).toEqual([])
})

// Mutant: leave it to Next, which answers 500 and sets no headers.
test.each([
  '/%',
  '/%ff',
  '/quiet-machin%C3',
  '/%ZZ/return',
  '/receipt/%ff',
  '/finish/%ff',
  '/finish/%ff/return',
])('an address that cannot be decoded is nobody’s: %s', async (path) => {
  expect((await fetch(stack.baseUrl + path)).status).toBe(404)
})

async function page(query: string) {
  const response = await fetch(`${stack.baseUrl}/quiet-machine${query}`, {
    redirect: 'manual',
    headers: { 'accept-language': 'en' },
  })
  const html = await response.text()
  return {
    status: response.status,
    pwned: /<script>pwned|<img src=x|(?:href|src|content)="[^"]*evil\.example/.test(html),
    offer: prices(html),
  }
}

/** The figures a buyer reads, whatever the language around them. */
function prices(html: string): string {
  const body = html.slice(html.indexOf('<main'), html.indexOf('</main>'))
  return JSON.stringify(
    body
      .replace(/<[^>]*>/g, ' ')
      .match(/\d+[.,]\d\d/g)
      ?.map((figure) => figure.replace(',', '.')),
  )
}

// Mutants: spread the body into the session's parameters; take `search` without a limit.
test('hostile bodies open no session that differs from the price book', async () => {
  const buyers = Array.from({ length: 8 }, () => new Buyer(stack))
  const odd: string[] = []
  await eachOf(hostileBodies(), 8, async (body, index) => {
    const response = await (buyers[index % 8] as Buyer).fetch('/quiet-machine/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: stack.baseUrl },
      body,
    })
    if (![200, 400, 429].includes(response.status)) odd.push(`${response.status} ${body.slice(0, 80)}`)
    if (response.status === 400)
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })
  expect(odd).toEqual([])
  const { data } = await sandbox.stripe.checkout.sessions.list({ limit: 100 })
  const mine = data.filter(({ return_url }) => return_url?.includes('/quiet-machine/'))
  expect(mine.length).toBeGreaterThan(0)
  for (const { amount_total, currency, mode } of mine)
    expect([amount_total, currency, mode]).toEqual([2800, 'eur', 'payment'])
})

import { expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { eachOf } from '../support/crowd'
import { hostileQueries } from '../support/hostile'

const stack = sharedStack()
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

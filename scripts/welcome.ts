import { recurringWords } from '@/components/recurring'
import { setupUrl } from '@/lib/accounts/setup'
import { env } from '@/lib/env'
import { listLinks } from '@/lib/links/links'
import { formatMoney } from '@/lib/money'

const shown = 6

const { items } = await listLinks({ limit: 100 })
const open = items.filter(({ state }) => state === 'open')
const rows: [string, string, string][] = open
  .slice(0, shown)
  .map(({ url, title, amount, currency, recurring }, index) => [
    index === 0 ? 'Buy' : '',
    url,
    [
      `${title},`,
      amount === null ? 'the buyer chooses' : formatMoney(amount, currency),
      recurring && recurringWords(recurring),
    ]
      .filter(Boolean)
      .join(' '),
  ])
rows.push(['Dashboard', `${env().baseUrl}/dashboard`, ''])
const setup = await setupUrl()
if (setup) rows.push(['Set up', setup, 'make the owner’s account'])
const sandbox = process.env.SANDBOX_WINDOW
if (sandbox) rows.push(['Sandbox', sandbox, 'stands in for Stripe; pay with card 4242 4242 4242 4242'])

const width = Math.max(...rows.filter(([, url]) => url.length < 60).map(([, url]) => url.length))
console.log(`\nBuylink runs at ${env().baseUrl}\n`)
for (const [what, url, note] of rows)
  console.log(`  ${what.padEnd(10)} ${url.padEnd(width)}  ${note}`.trimEnd())
console.log('\nCtrl-C stops everything.')
process.exit(0)

import { randomFrom } from '@/sandbox/webhooks/plan'
import { Buyer, eventually } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { eachOf } from '../support/crowd'
import { eventOf } from '../support/events'
import type { Stack } from '../support/stack'
import { type Forged, forge, now, sign } from './forgeries'
import { Findings, onStage } from './stage'

const badSecrets = [
  '',
  ' ',
  '\n',
  'whsec_',
  'whsec_...',
  'sk_test_1234567890abcdefghij',
  'whsec_short',
  `whsec_${'a'.repeat(24)},whsec_${'b'.repeat(24)},whsec_${'c'.repeat(24)}`,
]

/** What Stripe did not sign, or signed otherwise or at another time: refused, and nothing is written. */
export async function run({ seed }: ChaosInput): Promise<ChaosResult> {
  const work = async (stack: Stack): Promise<ChaosResult> => {
    const findings = new Findings()
    const { id } = await new Buyer(stack).open('quiet-machine')
    await stack.sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    const event = await eventOf(stack, id, 'checkout.session.completed')
    const forgeries = forge(event, stack.webhookSecret, randomFrom(seed))
    await eachOf(forgeries, 8, async (forged) => {
      findings.expect(forged.name, await post(stack, forged), 400)
    })
    findings.expect('rows after all forgeries', await rowsOf(stack, event), 0)
    await replay(stack, event, id, findings)
    await eachOf(badSecrets, 2, async (secret) => {
      findings.expect(`start with ${JSON.stringify(secret)}`, await starts(stack, secret), false)
    })
    return { cases: forgeries.length + badSecrets.length + 1, breaches: findings.breaches }
  }
  // No worker: it would fetch what was never delivered, and rows would be there that nobody sent.
  return onStage(work, { WORKER: 'off' })
}

async function post({ baseUrl }: Stack, { body, headers }: Forged): Promise<number> {
  const sent = new Headers([['content-type', 'application/json'], ...headers])
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  const response = await fetch(`${baseUrl}/webhooks/stripe`, { method: 'POST', headers: sent, body: bytes })
  return response.status
}

/** The true one, two hundred times: one row, one fulfilment. */
async function replay(stack: Stack, event: string, session: string, findings: Findings): Promise<void> {
  const at = now()
  const header = `t=${at},v1=${sign(event, stack.webhookSecret, at)}`
  const statuses = new Set<number>()
  await eachOf(Array(200).fill(0), 16, async () => {
    statuses.add(await post(stack, { name: 'replay', body: event, headers: [['stripe-signature', header]] }))
  })
  findings.expect('answers to the true event', [...statuses], [200])
  findings.expect('rows of the true event', await rowsOf(stack, event), 1)
  await eventually(async () => (await stack.sql`select 1 from fulfillments where source = 'webhook'`)[0])
  const fulfilled = await stack.sql`
    select 1 from fulfillments f join orders o on o.id = f.order_id where o.stripe_session_id = ${session}`
  findings.expect('fulfilments of the true event', fulfilled.length, 1)
}

/** Kept rows of this event; others are of the catalogue, which is made before. */
async function rowsOf({ sql }: Stack, event: string): Promise<number> {
  const { id } = JSON.parse(event) as { id: string }
  const rows = await sql`select 1 from stripe_events where id in (${id}, 'evt_bare')`
  return rows.length
}

async function starts(stack: Stack, secret: string): Promise<boolean> {
  try {
    await stack.startApp({ STRIPE_WEBHOOK_SECRET: secret })
    return true
  } catch {
    return false
  }
}

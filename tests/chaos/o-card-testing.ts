import { Buyer } from '../support/buyer'
import type { ChaosInput, ChaosResult } from '../support/chaos'
import { limitedLink } from '../support/limited-link'
import { type Stack, startStack } from '../support/stack'

/**
 * O: one address tries cards, many addresses try cards, and honest buyers share one address. Few sessions for the
 * first, each ended after five declines; seconds of waiting for the others; everybody honest reaches the payment.
 */
export async function run({ scale }: ChaosInput): Promise<ChaosResult> {
  const isFull = scale === 'full'
  const stack = await startStack({
    seed: true,
    env: { SESSIONS_PER_ADDRESS: '10', TRUSTED_PROXIES: '1' },
  })
  const tries = isFull ? 2000 : 150
  const honest = isFull ? 1000 : 60
  try {
    const breaches = [...(await tester(stack, tries)), ...(await crowd(stack, honest))]
    return { cases: tries + honest, breaches }
  } finally {
    await stack.stop()
  }
}

const visit = (buyer: Buyer, slug: string, address: string) =>
  buyer.post(slug, '', { 'x-forwarded-for': address })

async function tester(stack: Stack, tries: number): Promise<string[]> {
  const link = await limitedLink(stack, {})
  const sessions = new Map<string, number>()
  let session: string | null = null
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (!session) {
      const response = await visit(new Buyer(stack), link.slug, '203.0.113.7')
      if (response.status !== 200) continue
      const { client_secret: secret } = (await response.json()) as { client_secret: string }
      session = secret.split('_secret_')[0] ?? ''
      sessions.set(session, 0)
    }
    const outcome = await stack.sandbox
      .pay(session, { payment_method: 'card', number: '4000000000000002' })
      .then(
        () => 'paid',
        (error: Error) => (/declined/.test(error.message) ? 'declined' : 'ended'),
      )
    if (outcome === 'ended') session = null
    else sessions.set(session, (sessions.get(session) ?? 0) + 1)
    // As fast as a person with a script, so that the fifth decline has its five seconds.
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const breaches = sessions.size > 10 ? [`${sessions.size} sessions from one address in ten minutes`] : []
  if (sessions.size === 0) breaches.push('the tester never got a session, so nothing was tested')
  const open = await stack.sql`
    select s.id from checkout_sessions s where s.link_id = ${link.id} and s.status = 'open' and (
      select count(*) from payment_tries t
      where t.checkout_session_id = s.id and t.created_at < now() - interval '5 seconds') >= 5`
  if (open.length > 0) breaches.push(`${open.length} sessions are open after five declines`)
  return breaches
}

async function crowd(stack: Stack, count: number): Promise<string[]> {
  const link = await limitedLink(stack, {})
  const arrive = async () => {
    const buyer = new Buyer(stack)
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const response = await visit(buyer, link.slug, '198.51.100.9')
      await response.arrayBuffer()
      if (response.status === 200) return true
      const wait = Number(response.headers.get('retry-after') ?? 2)
      await new Promise((resolve) => setTimeout(resolve, wait * 1000))
    }
    return false
  }
  const reached = (await Promise.all(Array.from({ length: count }, arrive))).filter(Boolean).length
  return reached === count ? [] : [`only ${reached} of ${count} honest buyers reached the payment`]
}

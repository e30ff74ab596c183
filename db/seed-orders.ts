import { and, eq } from 'drizzle-orm'
import { finishCheckout } from '@/lib/checkout/finish'
import { openCheckout } from '@/lib/checkout/open'
import { env } from '@/lib/env'
import { hashToken } from '@/lib/ids'
import { db } from './client'
import { orders } from './schema'

const sales = [
  {
    slug: 'first-edition',
    search: '?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-rarities',
    email: 'ines.marti@example.com',
    name: 'Inés Martí',
  },
  {
    slug: 'bookbinding-kyoto',
    search: '?utm_source=instagram&utm_medium=social&utm_campaign=kyoto-2026',
    email: 'haruka.sato@example.com',
    name: 'Haruka Sato',
  },
  {
    slug: 'quiet-machine',
    search:
      '?utm_source=newsletter&utm_medium=email&utm_campaign=spring-letter&client_reference_id=cart_1042',
    email: 'jenny.rosen@example.com',
    name: 'Jenny Rosen',
  },
]

/**
 * Sells a few demo links as buyers would, with the sandbox paying in the buyer's place; to each buyer once.
 * @param sandbox base address of the sandbox
 */
export async function sellDemoOrders(sandbox: string): Promise<void> {
  for (const { slug, search, email, name } of sales) {
    const { livemode } = env().stripe
    const [sold] = await db()
      .select()
      .from(orders)
      .where(and(eq(orders.customerEmail, email), eq(orders.livemode, livemode)))
    if (sold) continue
    const opened = await openCheckout({
      slug,
      search,
      referrer: '',
      // The same each time, so that a seed that goes on finds the session it had opened.
      buyerHash: hashToken(email),
      address: null,
      userAgent: 'Mozilla/5.0',
      acceptLanguage: null,
    })
    if (opened.state !== 'open') continue
    const [session = ''] = opened.client_secret.split('_secret_')
    const known = await finishCheckout(session)
    if (known?.kind !== 'link') continue
    const answer = await fetch(`${sandbox}/_sandbox/checkout_sessions/${session}/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payment_method: 'card', number: '4242424242424242', email, name }),
    })
    if (!answer.ok)
      throw new Error(`the sandbox did not pay the demo order of ${slug}: ${await answer.text()}`)
    await finishCheckout(session)
  }
}

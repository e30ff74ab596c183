import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { createPrice, createProduct } from '@/lib/catalog/catalog'
import { openCheckout } from '@/lib/checkout/open'
import { settleCheckout } from '@/lib/checkout/settle'
import { sweepCalls } from '@/lib/checkout/sweep-calls'
import { closeSession } from '@/lib/checkout/sweep-closed'
import { sweepEvents } from '@/lib/checkout/sweep-events'
import { AppError } from '@/lib/errors'
import { refundOrder } from '@/lib/orders/refund-order'
import { SandboxControl } from '@/tests/support/sandbox'
import type { StackAddresses } from '@/tests/support/stack'

/** One intention: made ready in peace, asked for under faults, judged in peace. */
export type Intention = {
  /** Asked for again while it throws `stripe_unavailable`, as the page, the inbox and the sweeper do. */
  ask(): Promise<unknown>
  /** What is wrong in the end, in words. */
  judge(): Promise<string[]>
}

type Ledger = Record<string, { id: string; metadata?: Record<string, string>; payment_intent?: string }[]>

const signal = new AbortController().signal
const slug = 'quiet-machine'

/** The eight operations of the matrix, each with the name of the call that is struck. */
export function operationsOn(addresses: StackAddresses) {
  const sandbox = new SandboxControl(addresses.sandboxUrl, addresses.secretKey)
  const sql = postgres(addresses.databaseUrl, { max: 2, onnotice: () => {} })

  const ledger = async (kind: string): Promise<Ledger[string]> => {
    const response = await fetch(`${addresses.sandboxUrl}/_sandbox/ledger?kinds=${kind}`)
    return ((await response.json()) as Ledger)[kind] ?? []
  }
  const open = async (buyerHash: string) => {
    const input = {
      slug,
      search: '',
      referrer: '',
      buyerHash,
      address: null,
      userAgent: 'x',
      acceptLanguage: null,
    }
    const opened = await openCheckout(input)
    if (opened.state !== 'open') throw new Error(`${slug} is ${opened.state}`)
    return opened.client_secret.split('_secret_')[0] ?? ''
  }
  const sell = async () => {
    const id = await open(randomUUID())
    await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
    return id
  }
  /** Whoever asked for a product has gone: the sweeper finds out what became of it. */
  const clearUp = async () => {
    await sql`update stripe_calls set updated_at = now() - interval '11 minutes' where state in ('sent', 'failed')`
    await sweepCalls(signal)
  }
  const mirrored = async (kind: 'products' | 'prices', metadata?: string) => {
    await clearUp()
    const ids = (await ledger(kind)).map(({ id }) => id)
    const ours = await sql`select id from ${sql(kind)}`
    const lost = ids.filter((id) => !ours.some((row) => row.id === id))
    const calls = metadata
      ? (await ledger(kind)).map((one) => one.metadata?.[metadata]).filter((call) => call !== undefined)
      : []
    const doubled = calls.filter((call, index) => calls.indexOf(call) !== index)
    return [
      ...lost.map((id) => `${id} is at Stripe and not here`),
      ...doubled.map((call) => `the call ${call} made two`),
    ]
  }
  const session = async (buyer: string) => {
    const rows =
      await sql`select id, status, stripe_session_id, client_secret from checkout_sessions where buyer_hash = ${buyer}`
    const made = (await ledger('sessions')).filter((one) =>
      rows.some(({ id }) => id === one.metadata?.buylink_session),
    )
    return { rows, made }
  }

  const opening = async (): Promise<Intention> => {
    const buyer = randomUUID()
    return {
      ask: () => open(buyer),
      judge: async () => {
        const { rows, made } = await session(buyer)
        const fits = rows[0]?.stripe_session_id === made[0]?.id && rows[0]?.client_secret
        return [
          ...(rows.length === 1 && made.length === 1 ? [] : [`${rows.length} rows, ${made.length} sessions`]),
          ...(fits ? [] : ['the row does not know its session']),
        ]
      },
    }
  }

  const operations: Record<string, { struck: string; also?: string; begin: () => Promise<Intention> }> = {
    'create session': { struck: 'checkout.sessions.create', begin: opening },
    'list sessions': { struck: 'checkout.sessions.list', also: 'checkout.sessions.create', begin: opening },
    'read session': {
      struck: 'checkout.sessions.retrieve',
      async begin() {
        const id = await sell()
        return {
          ask: () => settleCheckout(id, 'webhook'),
          judge: async () => {
            const rows = await sql`
              select o.status, f.order_id from orders o left join fulfillments f on f.order_id = o.id
              where o.stripe_session_id = ${id}`
            const good = rows.length === 1 && rows[0]?.status === 'paid' && rows[0]?.order_id
            return good ? [] : [`orders: ${JSON.stringify(rows)}`]
          },
        }
      },
    },
    'expire session': {
      struck: 'checkout.sessions.expire',
      async begin() {
        const id = await open(randomUUID())
        const status = async () => {
          const [row] = await sql`select status from checkout_sessions where stripe_session_id = ${id}`
          return row?.status
        }
        return {
          ask: async () => {
            await closeSession(id)
            if ((await status()) !== 'expired') throw new AppError('stripe_unavailable', 'still open')
          },
          judge: async () => {
            const there = await sandbox.stripe.checkout.sessions.retrieve(id)
            return there.status === 'expired' ? [] : [`the session is ${there.status} at Stripe`]
          },
        }
      },
    },
    'create refund': {
      struck: 'refunds.create',
      async begin() {
        const settled = await settleCheckout(await sell(), 'webhook')
        if (settled.outcome !== 'settled') throw new Error('the session was not paid')
        const { id, moneyVersion, paymentIntentId } = settled.order
        return {
          ask: () => refundOrder(id, 700, moneyVersion),
          judge: async () => {
            const made = (await ledger('refunds')).filter((one) => one.payment_intent === paymentIntentId)
            const [row] = await sql`select amount_refunded from orders where id = ${id}`
            const good = made.length === 1 && Number(row?.amount_refunded) === 700
            return good ? [] : [`${made.length} refunds, ${row?.amount_refunded} refunded here`]
          },
        }
      },
    },
    'create product': {
      struck: 'products.create',
      begin: async () => ({
        ask: () => createProduct({ name: 'A thing' }),
        judge: () => mirrored('products'),
      }),
    },
    'create price': {
      struck: 'prices.create',
      async begin() {
        const { id } = await createProduct({ name: 'A thing' })
        return {
          ask: () => createPrice({ product: id, currency: 'eur', unit_amount: 900 }),
          judge: () => mirrored('prices', 'buylink_call'),
        }
      },
    },
    'list events': {
      struck: 'events.list',
      async begin() {
        const id = await sell()
        const kept = () => sql`select 1 from stripe_events where object_id = ${id}`
        return {
          ask: async () => {
            await sql`update sweep_cursors set updated_at = 'epoch'`
            await sweepEvents(signal)
            if ((await kept()).length === 0) throw new AppError('stripe_unavailable', 'not found yet')
          },
          judge: async () => ((await kept()).length === 1 ? [] : [`${(await kept()).length} events kept`]),
        }
      },
    },
  }
  return { sandbox, sql, ledger, operations }
}

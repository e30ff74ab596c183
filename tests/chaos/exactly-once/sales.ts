import type Stripe from 'stripe'
import { Buyer } from '../../support/buyer'
import { eachOf } from '../../support/crowd'
import type { StackClient } from '../../support/stack'

/** What the buyer paid with, and how it ends. */
export type Kind = 'card' | 'delayed paid' | 'delayed failed'

export type Sale = {
  kind: Kind
  /** Stripe's ids. */
  session: string
  intent: string
  /** Signed bodies of the two events Stripe has of it; the second of a debit comes when it ends. */
  events: [() => Promise<string>, () => Promise<string>]
}

export const slug = 'quiet-machine'

/** 70 % cards, 20 % debits that will succeed, 10 % that will fail. */
function kindOf(index: number): Kind {
  const tenth = index % 10
  return tenth < 7 ? 'card' : tenth < 9 ? 'delayed paid' : 'delayed failed'
}

type Ledger = { sessions: Stripe.Checkout.Session[]; events: Stripe.Event[] }

/** Opens sessions through the application and pays them at the sandbox. Debits are left processing. */
export async function makeSales(stack: StackClient, url: string, count: number): Promise<Sale[]> {
  await stack.sandbox.debits({ succeed_after: 1_000_000, delayed_after: 1_000_000 })
  const opened: { kind: Kind; session: string }[] = []
  await eachOf(Array(count).fill(null), 12, async (_, index) => {
    const kind = kindOf(index)
    const { id } = await new Buyer(stack, url).open(slug)
    const payment_method = kind === 'card' ? 'card' : 'sepa_debit'
    await stack.sandbox.pay(id, { payment_method, email: 'jenny@example.com' })
    opened.push({ kind, session: id })
  })
  const ledger = await stack.sandbox.ledger<Ledger>('sessions', 'events')
  const intents = new Map(ledger.sessions.map(({ id, payment_intent }) => [id, String(payment_intent)]))
  const events = new Map(ledger.events.map((event) => [keyOf(event), JSON.stringify(event)]))
  return opened.map(({ kind, session }) => {
    const intent = intents.get(session) ?? ''
    const known = (type: string, object: string) => async () => {
      const event = events.get(`${type} ${object}`)
      if (!event) throw new Error(`the sandbox has no ${type} of ${object}`)
      return event
    }
    const second =
      kind === 'card'
        ? known('payment_intent.succeeded', intent)
        : once(() => endDebit(stack, session, intent, kind))
    return { kind, session, intent, events: [known('checkout.session.completed', session), second] }
  })
}

const keyOf = ({ type, data }: Stripe.Event) => `${type} ${(data.object as { id: string }).id}`

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** The bank decides now. @returns the event that says so */
async function endDebit(
  { sandbox }: StackClient,
  session: string,
  intent: string,
  kind: Kind,
): Promise<string> {
  const succeeds = kind === 'delayed paid'
  await sandbox.settleDebit(intent, succeeds ? 'succeed' : 'fail')
  const type = `checkout.session.async_payment_${succeeds ? 'succeeded' : 'failed'}`
  // No more debits end at once than there are lanes: it is among the newest.
  const { data } = await sandbox.stripe.events.list({ type, limit: 100 })
  const event = data.find((one) => keyOf(one) === `${type} ${session}`)
  if (!event) throw new Error(`the sandbox has no ${type} of ${session}`)
  return JSON.stringify(event)
}

import { expect, test } from 'vitest'
import { workInbox } from '@/lib/checkout/inbox-work'
import { sendPlaceRefunds } from '@/lib/checkout/place-refunds'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { joinStack } from '../support/domain'

const stack = sharedStack()
const { sandbox, sql } = stack
joinStack(stack)

// Mutant: a lease that does not look at the mode. A test key then works on what a live one left behind.
test('what waits of the other mode is left to its own key', async () => {
  const event = { id: 'evt_of_live_mode', data: { object: { id: 'cs_live_x' } } }
  await sql`
    insert into stripe_events (id, livemode, type, payload)
    values (${event.id}, true, 'checkout.session.completed', ${JSON.stringify(event)})`
  const buyer = new Buyer(stack)
  const { id } = await buyer.open('quiet-machine')
  await sandbox.pay(id, { payment_method: 'card', email: 'jenny@example.com' })
  await buyer.comeBack('quiet-machine', id)
  const [refund] = await sql.begin(async (tx) => {
    await tx`update orders set livemode = true where stripe_session_id = ${id}`
    return tx`
      insert into place_refunds (checkout_session_id, order_id, payment_intent_id, amount, currency)
      select checkout_session_id, id, payment_intent_id, amount_total, currency from orders
      where stripe_session_id = ${id} returning order_id`
  })
  await Promise.all([workInbox(), sendPlaceRefunds()])
  const left = await sql`
    select attempts, state from stripe_events where id = ${event.id}
    union all select attempts, state from place_refunds where order_id = ${refund?.order_id}`
  expect([...left]).toEqual([
    { attempts: 0, state: 'pending' },
    { attempts: 0, state: 'pending' },
  ])
  await sql`delete from stripe_events where id = ${event.id}`
  await sql`delete from place_refunds where order_id = ${refund?.order_id}`
  await sql`update orders set livemode = false where id = ${refund?.order_id}`
})

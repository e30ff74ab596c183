import { Buyer } from './buyer'
import { joinStack } from './domain'
import { linkLike } from './link-like'
import type { StackClient } from './stack'

/**
 * A charge of a kept card that its bank wants the owner for.
 * @returns its id, and the token in the address at which it is finished
 */
export async function unfinishedCharge(
  stack: StackClient,
  description: string,
): Promise<{ id: string; token: string }> {
  const { sandbox } = stack
  const link = await linkLike(stack, 'quiet-machine', {
    saved_payment_method_options: { payment_method_save: 'enabled' },
    customer_creation: 'always',
  })
  const session = await new Buyer(stack).open(link.slug)
  await sandbox.pay(session.id, {
    payment_method: 'card',
    number: '4000002760003184',
    email: 'later@example.com',
    save_payment_method: true,
  })
  const { customer } = await sandbox.stripe.checkout.sessions.retrieve(session.id)
  const { data } = await sandbox.stripe.customers.listPaymentMethods(customer as string)
  const leave = joinStack(stack)
  try {
    const { chargeSavedMethod } = await import('@/lib/checkout/charge-saved')
    const { charge, finish_url } = await chargeSavedMethod({
      customer: customer as string,
      payment_method: data[0]?.id ?? '',
      amount: 1200,
      currency: 'eur',
      description,
      idempotency: session.id,
    })
    return { id: charge.id, token: finish_url?.split('/finish/')[1] ?? '' }
  } finally {
    await leave()
  }
}

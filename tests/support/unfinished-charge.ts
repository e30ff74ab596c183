import { cards } from './checkout-page'
import { joinStack } from './domain'
import type { StackClient } from './stack'

/** A charge that the bank wants its owner for. @returns the address to finish it at */
export async function unfinishedCharge(stack: StackClient, description: string): Promise<string> {
  const { sandbox } = stack
  const customer = await sandbox.stripe.customers.create({ email: 'jenny@example.com' })
  const method = await sandbox.stripe.paymentMethods.create({
    type: 'card',
    card: { number: cards.authenticate, exp_month: 12, exp_year: 2034, cvc: '123' },
  })
  await sandbox.stripe.paymentMethods.attach(method.id, { customer: customer.id })
  const leave = joinStack(stack)
  const { createKey } = await import('@/lib/accounts/keys')
  const { token } = await createKey({ name: 'Charges', access: 'full' })
  await leave()
  const body = new URLSearchParams({
    payment_method: method.id,
    amount: '1200',
    currency: 'eur',
    description,
    idempotency: description,
  })
  const response = await fetch(`${stack.baseUrl}/v1/customers/${customer.id}/charges`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  })
  const { finish_url } = (await response.json()) as { finish_url: string }
  return finish_url
}

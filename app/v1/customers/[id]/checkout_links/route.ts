import { inviteCustomer } from '@/lib/checkout/invite-customer'
import { api } from '@/lib/http/api'

/** An address at which this customer is known on a payment link. */
export const POST = api<{ id: string }>('customers:write', async ({ params, input }) => {
  const { payment_link, expires_in } = input as { payment_link: string; expires_in?: number }
  const made = await inviteCustomer({ customer: params.id, payment_link, expires_in })
  return { object: 'customer_checkout_link', customer: params.id, payment_link, ...made }
})

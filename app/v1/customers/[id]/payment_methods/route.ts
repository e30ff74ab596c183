import { z } from 'zod'
import { listCustomerMethods } from '@/lib/checkout/customer-methods'
import { api } from '@/lib/http/api'
import { pagingInput } from '@/lib/http/api-list'
import { parse } from '@/lib/parse'

const query = z.strictObject({
  ...pagingInput,
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(),
  type: z
    .string()
    .regex(/^[a-z_0-9]{1,50}$/)
    .optional(),
})

/** What this customer can pay with again: Stripe's objects, with Stripe's filters. */
export const GET = api<{ id: string }>('customers:read', async ({ params, input }) =>
  listCustomerMethods(params.id, parse(query, input)),
)

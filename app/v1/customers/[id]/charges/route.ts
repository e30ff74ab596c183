import { type ChargeInput, chargeSavedMethod } from '@/lib/checkout/charge-saved'
import { savedChargeResource } from '@/lib/checkout/saved-charges'
import { api } from '@/lib/http/api'
import { newId } from '@/lib/ids'

/**
 * Charges a saved method of this customer. One wish is what has the same `idempotency`, or the same `Idempotency-Key`
 * where the body names none; without either, each call is a wish of its own.
 */
export const POST = api<{ id: string }>('customers:write', async ({ params, input, key, idempotencyKey }) => {
  const { idempotency, ...wish } = input as Partial<ChargeInput>
  // Two namespaces: a name in the body is never taken for one in the header.
  const name = idempotency !== undefined ? `:${idempotency}` : `/${idempotencyKey ?? newId('req')}`
  const { charge, finish_url } = await chargeSavedMethod({
    ...(wish as ChargeInput),
    customer: params.id,
    idempotency: `${key.id}${name}`,
  })
  return { ...savedChargeResource(charge), finish_url }
})

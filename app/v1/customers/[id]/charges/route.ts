import { type ChargeInput, chargeSavedMethod } from '@/lib/checkout/charge-saved'
import { savedChargeResource } from '@/lib/checkout/saved-charges'
import { api } from '@/lib/http/api'
import { newId } from '@/lib/ids'

/** Charges a saved method of this customer; without an `idempotency` of the caller's, each call is a wish of its own. */
export const POST = api<{ id: string }>('customers:write', async ({ params, input, key }) => {
  const { idempotency = newId('req'), ...wish } = input as Partial<ChargeInput>
  const { charge, finish_url } = await chargeSavedMethod({
    ...(wish as ChargeInput),
    customer: params.id,
    idempotency: `${key.id}:${idempotency}`,
  })
  return { ...savedChargeResource(charge), finish_url }
})

import { expect, test } from 'vitest'
import { registerPaymentDomain } from '@/lib/stripe/payment-domain'
import { sharedStack } from '../support/api'
import { joinStack } from '../support/domain'

const stack = sharedStack()
const { paymentMethodDomains } = stack.sandbox.stripe
joinStack(stack)

const named = async (domain_name: string) => (await paymentMethodDomains.list({ domain_name })).data

test('the domain of the shop is registered once, however often it starts', async () => {
  const start = () => registerPaymentDomain('https://pay.northlight.example')
  await start()
  const [first] = await named('pay.northlight.example')
  expect(first).toMatchObject({ enabled: true })
  // Mutant: a domain the merchant switched off is switched on again.
  await paymentMethodDomains.update(first?.id ?? '', { enabled: false })
  await start()
  expect(await named('pay.northlight.example')).toMatchObject([{ id: first?.id, enabled: false }])
})

test('a refusal is no failure of the shop', async () => {
  await expect(registerPaymentDomain('https://pay.northlight.x1')).resolves.toBeUndefined()
  expect(await named('pay.northlight.x1')).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { playMoney } from '../support/money-model'

const stack = sharedStack()
const { sandbox } = stack

beforeAll(() => sandbox.webhooks({ action: 'drop' }))
afterAll(() => sandbox.clearWebhooks())

// Mutants: add what an event says instead of reading Stripe; write an older reading over a newer; take an unknown
// dispute for won; count a failed refund.
test('whatever order the news comes in, our net is what Stripe has', async () => {
  const { cases, breaches } = await playMoney(stack, { seed: 20261121, count: 30 })
  expect(breaches).toEqual([])
  expect(cases).toBe(30)
})

import { expect, test } from 'vitest'
import { makeLogger } from '@/lib/log'

function lineOf(fields: Record<string, unknown>, message = 'something happened') {
  let line = ''
  const write = (text: string) => {
    line += text
  }
  makeLogger('info', { write }).info(fields, message)
  return line
}

test('a line carries the fields of the list and no others', () => {
  const line = JSON.parse(lineOf({ order: 'ord_1', status: 402, email: 'ann@acme.shop', body: { card: 1 } }))
  expect(line).toMatchObject({ level: 'info', order: 'ord_1', status: 402, msg: 'something happened' })
  expect(line).not.toHaveProperty('email')
  expect(line).not.toHaveProperty('body')
})

test.each([
  ['a secret key', 'sk_live_51Hc9vKq8sT2'],
  ['a signing secret', 'whsec_8Jk2Lq7Rt5Yv9Zb3Nm1P'],
  ['a client secret', 'cs_test_a1b2_secret_c3d4'],
  ['a bearer token', 'Bearer bl_abc.def'],
  ['a database password', 'postgres://buylink:hunter2@db:5432/buylink'],
  ['an e-mail address', 'ann.lee+shop@acme.co.uk'],
  ['a card number', '4242 4242 4242 4242'],
])('%s in an error is taken out', (_, secret) => {
  const line = lineOf({ error: new Error(`it said ${secret} there`, { cause: new Error(secret) }) })
  expect(line).toContain('it said')
  for (const part of [secret, 'hunter2', 'ann.lee', '_secret_c3d4']) expect(line).not.toContain(part)
  expect(() => JSON.parse(line)).not.toThrow()
})

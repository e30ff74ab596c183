import { createHmac, randomBytes, randomInt } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { newSigningSecret, signatureHeaders } from '@/lib/events/sign'

const stripe = new Stripe('sk_test_1234567890')
const seconds = () => Math.floor(Date.now() / 1000)

const strange = ['"', '\\', 'ü', '🛒', '\u0000', '\u2028', '\uD800', '.', ',', '=', '\n', '{', '</script>']
const text = () => Array.from({ length: randomInt(0, 60) }, () => strange[randomInt(strange.length)]).join('')

function makeEvent() {
  const id = `evt_${randomBytes(12).toString('hex')}`
  return {
    id,
    body: JSON.stringify({
      id,
      object: 'event',
      type: 'order.fulfilled',
      data: { object: { note: text() } },
    }),
  }
}

/** How many of the two libraries accept it. */
function accepted(body: string, headers: Record<string, string>, secret: string): number {
  let count = 0
  for (const verify of [
    () => stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret),
    () => new Webhook(secret).verify(body, headers),
  ]) {
    try {
      verify()
      count++
    } catch {
      // Not accepted.
    }
  }
  return count
}

test('a secret is what Standard Webhooks asks for', () => {
  const secrets = Array.from({ length: 100 }, newSigningSecret)
  expect(new Set(secrets).size).toBe(100)
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/)
    const { length } = Buffer.from(secret.slice(6), 'base64')
    expect(length).toBeGreaterThanOrEqual(24)
    expect(length).toBeLessThanOrEqual(64)
  }
})

describe('signatures', () => {
  test('1,000 events verify with both libraries and one secret', () => {
    const secret = newSigningSecret()
    for (let index = 0; index < 1000; index++) {
      const { id, body } = makeEvent()
      const headers = signatureHeaders(id, body, [secret], seconds())
      expect(headers['webhook-id']).not.toContain('.')
      expect(headers['webhook-timestamp']).not.toContain('.')
      expect(accepted(body, headers, secret)).toBe(2)
    }
  })

  test('while a secret is rolled the old one and the new one verify, and no other', () => {
    const [old, current, other] = [newSigningSecret(), newSigningSecret(), newSigningSecret()]
    for (let index = 0; index < 100; index++) {
      const { id, body } = makeEvent()
      const headers = signatureHeaders(id, body, [current, old], seconds())
      expect([old, current, other].map((secret) => accepted(body, headers, secret))).toEqual([2, 2, 0])
    }
  })

  test('50 tampered events verify with neither', () => {
    const secret = newSigningSecret()
    for (let index = 0; index < 50; index++) {
      const { id, body } = makeEvent()
      const headers = signatureHeaders(id, body, [secret], seconds())
      expect(accepted(body, headers, secret)).toBe(2)
      const at = randomInt(body.length)
      const changed = `${body.slice(0, at)}${body[at] === 'x' ? 'y' : 'x'}${body.slice(at + 1)}`
      const late = signatureHeaders(id, body, [secret], seconds() - 301)
      const tampered = [
        [changed, headers],
        [`${body} `, headers],
        [body, late],
        [body, { ...headers, 'webhook-id': `${id}x`, 'stripe-signature': `t=${seconds() + 1},v1=00` }],
      ] as const
      const [changedBody, changedHeaders] = tampered[index % tampered.length] ?? [changed, headers]
      expect(accepted(changedBody, changedHeaders, secret)).toBe(0)
    }
  })

  test('are the ones the specifications write down', () => {
    const secret = `whsec_${Buffer.from('k'.repeat(32)).toString('base64')}`
    const headers = signatureHeaders('evt_1', '{}', [secret], 1_700_000_000)
    const hex = createHmac('sha256', secret).update('1700000000.{}').digest('hex')
    const base64 = createHmac('sha256', 'k'.repeat(32)).update('evt_1.1700000000.{}').digest('base64')
    expect(headers).toEqual({
      'stripe-signature': `t=1700000000,v1=${hex}`,
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${base64}`,
    })
  })
})

import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Random letters and digits, as Stripe's ids end in. */
export function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62]
    }
  }
  return text
}

/** An id that looks like Stripe's, for instance `prod_` or `cs_test_` with a random end. */
export function newId(prefix: string): string {
  return prefix + randomText(prefix === 'cs_test_' ? 58 : 24)
}

export function newClientSecret(id: string): string {
  return `${id}_secret_${randomText(25)}`
}

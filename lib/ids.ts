import { createHash, randomBytes, randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Without the letters and digits that are taken for one another on the telephone. */
const spoken = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function pick(from: string, length: number): string {
  return Array.from({ length }, () => from[randomInt(from.length)]).join('')
}

type Prefix =
  | 'prod'
  | 'cpn'
  | 'refreq'
  | 'plink'
  | 'cks'
  | 'ord'
  | 'evt'
  | 'vis'
  | 'lnksec'
  | 'usr'
  | 'cred'
  | 'we'
  | 'whd'
  | 'key'
  | 'req'
  | 'sch'

/** A new id with its type in front, 24 random letters and digits (142 bits), as Stripe's ids look. */
export function newId(prefix: Prefix): string {
  return `${prefix}_${pick(alphabet, 24)}`
}

/** An order number people can say and type: `7K3F-9Q2M` (40 bits; uniqueness is the table's). */
export function newOrderNumber(): string {
  return `${pick(spoken, 4)}-${pick(spoken, 4)}`
}

/** A secret for a URL or a cookie: 192 random bits, base64url. */
export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** How a token is kept: SHA-256, so that a copy of the database opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

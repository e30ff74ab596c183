import { seededRandom } from './random'

/** The parameters a link knows, and those of other shops that it must not. */
const names = [
  ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'client_reference_id'],
  ...['prefilled_email', 'locked_prefilled_email', 'prefilled_promo_code', 'locale', 'customer'],
  ...['amount', 'price', 'quantity', 'currency', 'line_items[0][price]', 'success_url', 'return_url'],
  ...['__proto__', 'constructor', 'toString', 'session_id', 'coupon', 'slug', 'nonce'],
]

const values = [
  ...['', ' ', '0', '-1', '1e309', 'NaN', 'null', 'undefined', '[object Object]', 'true', '%', '%00', '%ZZ'],
  ...['\u0000', '\u202e', 'ａ', '😀'.repeat(60), 'é', '\r\nset-cookie: a=b', '../../etc/passwd'],
  ...['<script>pwned()</script>', '"><img src=x onerror=pwned()>', "' or 1=1 --", '{{7*7}}'],
  ...['javascript:pwned()', 'https://evil.example', '//evil.example', 'de', 'xx', 'zh-TW', 'a'.repeat(2000)],
  ...['jenny@example.com', 'jenny+tag@example.com', 'not an address', 'a@b', 'SAVE20', 'cart_42', 'good-1'],
]

/** Query strings from `seed`: right, wrong, repeated, half encoded. */
export function hostileQueries(count: number, seed: number): string[] {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const encode = (value: string) => (random() < 0.7 ? encodeURIComponent(value) : encodeURI(value))
  return Array.from({ length: count }, () => {
    const pairs = Array.from(
      { length: 1 + Math.floor(random() * 6) },
      () => `${pick(names)}=${encode(pick(values))}`,
    )
    return `?${pairs.join(pick(['&', '&', '&', ';', '&&']))}`
  })
}

const strangers = [
  ...['amount', 'unit_amount', 'price', 'line_items', 'currency', 'discounts', 'mode', 'quantity', 'slug'],
  ...['amount_total', 'customer', 'success_url', 'buyerHash', 'livemode', 'payment_status', 'metadata'],
]
const wrong = [0, -1, 1e15, 1.5, '1', null, [], {}, [{ price: 'price_x', quantity: 0 }], true]

/** `count` bodies that nobody's page sends, as text: a fixed list, and mixtures from `seed`. */
export function hostileBodies(count: number, seed: number): string[] {
  const pairs = strangers.flatMap((field) =>
    wrong.map((value) => JSON.stringify({ search: '', referrer: '', [field]: value })),
  )
  const odd = [
    ...['', '[]', '"x"', 'null', '0', '{', '{"search":', '{"search":1}', '{"referrer":{}}', '\u0000', '{}{}'],
    ...[
      JSON.stringify({ search: `?${'a=b&'.repeat(3000)}` }),
      JSON.stringify({ search: 'x'.repeat(40_000) }),
    ],
    ...['{"__proto__":{"amount":1}}', '{"constructor":{"prototype":{"amount":1}}}', '{"search":"\\ud800"}'],
  ]
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const queries = hostileQueries(Math.max(0, count - pairs.length - odd.length), seed)
  const mixed = queries.map((search) =>
    JSON.stringify({
      search,
      referrer: pick(values),
      [pick(strangers)]: pick(wrong),
      [pick(strangers)]: pick(values),
    }),
  )
  return [...pairs, ...odd, ...mixed]
}

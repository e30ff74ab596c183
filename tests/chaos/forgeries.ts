import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'

export type Forged = { name: string; body: string | Buffer; headers: [string, string][] }

export const now = () => Math.floor(Date.now() / 1000)
export const sign = (body: string, secret: string, at: number) =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')

/** A true event and its true signature, spoilt in 120 ways. */
export function forge(event: string, secret: string, random: () => number): Forged[] {
  const at = now()
  const hex = sign(event, secret, at)
  const good = `t=${at},v1=${hex}`
  const signed = (name: string, header: string, body: Forged['body'] = event): Forged => ({
    name,
    body,
    headers: [['stripe-signature', header]],
  })
  const otherKey = (name: string, key: string) => signed(name, `t=${at},v1=${sign(event, key, at)}`)
  const atTime = (name: string, time: number) => signed(name, `t=${time},v1=${sign(event, secret, time)}`)
  const noEvent = (name: string, body: string) => signed(name, `t=${at},v1=${sign(body, secret, at)}`, body)
  const bare = { id: 'evt_bare', object: 'event', type: 'checkout.session.completed', livemode: false }
  const turned = Object.fromEntries(Object.entries(JSON.parse(event)).reverse())
  const zeros = `t=${at},v1=${'0'.repeat(64)}`
  return [
    { name: 'no header', body: event, headers: [] },
    signed('an empty header', ''),
    signed('no v1', `t=${at}`),
    signed('no time', `v1=${hex}`),
    signed('only v0', `t=${at},v0=${hex}`),
    signed('time moved', `t=${at + 1},v1=${hex}`),
    signed('a time that is none', `t=now,v1=${hex}`),
    signed('half a signature', `t=${at},v1=${hex.slice(0, 32)}`),
    signed('a longer signature', `t=${at},v1=${hex}00`),
    signed('zeros', zeros),
    otherKey('an empty key', ''),
    otherKey('a key of blanks', ' '),
    otherKey('the key without its prefix', secret.slice('whsec_'.length)),
    otherKey('another key', `whsec_${'x'.repeat(48)}`),
    otherKey('the word undefined', 'undefined'),
    otherKey('the word null', 'null'),
    atTime('too old', at - 310),
    atTime('from the future', at + 330),
    atTime('from 1970', 0),
    atTime('before 1970', -at),
    signed('written anew', good, JSON.stringify(JSON.parse(event), null, 2)),
    signed('keys in another order', good, JSON.stringify(turned)),
    signed('a byte order mark before', good, `\uFEFF${event}`),
    signed('a blank before', good, ` ${event}`),
    signed('a line after', good, `${event}\n`),
    signed('nothing', good, ''),
    signed('twice', good, event + event),
    signed('compressed', good, gzipSync(event)),
    {
      name: 'compressed and saying so',
      body: gzipSync(event),
      headers: [
        ['stripe-signature', good],
        ['content-encoding', 'gzip'],
      ],
    },
    {
      name: 'two wrong headers',
      body: event,
      headers: [
        ['stripe-signature', zeros],
        ['stripe-signature', `t=${at},v1=${'1'.repeat(64)}`],
      ],
    },
    noEvent('signed, but no JSON', 'hello'),
    noEvent('signed, but no event', '{}'),
    noEvent('signed, but null', 'null'),
    noEvent('signed, without an object', JSON.stringify(bare)),
    signed(
      'the signature of another body',
      `t=${at},v1=${sign(event.replace('jenny', 'mallory'), secret, at)}`,
    ),
    ...Array.from({ length: 60 }, (_, index) => {
      const bytes = Buffer.from(event)
      const place = Math.floor(random() * bytes.length)
      bytes[place] = (bytes[place] ?? 0) ^ 1
      return signed(`byte ${place} changed (${index})`, good, bytes)
    }),
    ...Array.from({ length: 25 }, (_, index) => {
      const length = Math.floor(random() * (event.length - 1))
      return signed(`cut at ${length} (${index})`, good, event.slice(0, length))
    }),
  ]
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerQuery, readCustomer } from '@/lib/checkout/customer-link'

const now = 1_790_000_000
const here = { link: 'plink_1', livemode: false, secret: 'a secret of thirty-two characters' }
const claim = { customer: 'cus_Jenny1', link: here.link, livemode: here.livemode }
const query = customerQuery(claim, now + 60, here)
const read = (search: string, where: Partial<typeof here> & { now?: number } = {}) =>
  readCustomer(search, { ...here, now, ...where })

describe('the address of a returning buyer', () => {
  test('names them until it ends', () => {
    expect(read(`?utm_source=mail&${query}`)).toEqual({ customer: 'cus_Jenny1', dropped: [] })
    // Mutant: `<=`, or no look at the clock.
    expect(read(query, { now: now + 60 })).toEqual({
      customer: null,
      dropped: [{ parameter: 'customer_sig', reason: 'expired' }],
    })
  })

  // Mutants: the end, the link or the mode is not signed; base64 is compared by its bytes; only a part is compared.
  test('names nobody when any byte of it was changed, added or taken out', () => {
    const change = fc.record({
      at: fc.nat(query.length),
      remove: fc.nat(2),
      insert: fc.string({ unit: 'grapheme-ascii', maxLength: 3 }),
    })
    const pairs = (search: string) => {
      const all = new URLSearchParams(search)
      return JSON.stringify([all.getAll('customer'), all.getAll('customer_sig')])
    }
    fc.assert(
      fc.property(change, ({ at, remove, insert }) => {
        const changed = query.slice(0, at) + insert + query.slice(at + remove)
        fc.pre(pairs(changed) !== pairs(query))
        expect(read(changed).customer).toBeNull()
      }),
      { numRuns: 3000 },
    )
  })

  test('is good on its own link, in its own mode and under its own secret', () => {
    for (const other of [
      { link: 'plink_2' },
      { livemode: true },
      { secret: 'another secret of the same size' },
    ]) {
      expect(read(query, other).customer).toBeNull()
    }
  })

  test('says why it was not believed, and is silent where it was not used', () => {
    const reasons = (search: string) => read(search).dropped
    expect(reasons('utm_source=x')).toEqual([])
    expect(reasons('customer=cus_Jenny1')).toEqual([{ parameter: 'customer', reason: 'not signed' }])
    expect(reasons(`${query}&${query}`)).toEqual([{ parameter: 'customer', reason: 'not one customer’s id' }])
    expect(reasons(query.replace('Jenny1', 'Jenny2'))[0]?.parameter).toBe('customer_sig')
  })
})

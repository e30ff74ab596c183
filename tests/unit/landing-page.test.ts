import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyRedirect } from '@/examples/landing-page/verify.mjs'
import { redirectTarget } from '@/lib/links/redirect'
import { withLandingPage } from '../support/landing'

const secret = 'lnksec_test'
const at = 1_790_000_000

function target(url = 'https://shop.example/thanks?session={CHECKOUT_SESSION_ID}&lang=de', now = at) {
  return redirectTarget({
    url,
    sessionId: 'cs_test_a1',
    status: 'processing',
    tracking: { utm_source: 'news letter', utm_campaign: 'übung&status=paid' },
    clientReferenceId: 'cart_42',
    signingSecret: secret,
    now,
  })
}

const verdict = (url: string, now = at) => verifyRedirect(new URL(url).searchParams, secret, now)
const pairs = (query: string) => JSON.stringify([...new URLSearchParams(query)].sort())

describe('a landing page', () => {
  test('believes what Buylink sends, for ten minutes', () => {
    expect(verdict(target())).toBe('valid')
    expect(verdict(target(), at + 600)).toBe('valid')
    expect(verdict(target(), at - 60)).toBe('valid')
    expect(verdict(target(), at + 601)).toBe('old')
    // Mutant: only the past is limited. A stolen clock would make an address that never ends.
    expect(verdict(target(), at - 61)).toBe('old')
  })

  // Mutants: a signature over some parameters; one compared by its first bytes; one that ignores names or order of pairs.
  test('refuses an address of which any byte was changed, added or taken out', () => {
    const query = new URL(target()).search.slice(1)
    const edit = fc.record({
      at: fc.nat(query.length),
      remove: fc.nat(2),
      insert: fc.string({ unit: 'grapheme-ascii', maxLength: 3 }),
    })
    fc.assert(
      fc.property(edit, ({ at: position, remove, insert }) => {
        const changed = query.slice(0, position) + insert + query.slice(position + remove)
        fc.pre(pairs(changed) !== pairs(query))
        expect(verifyRedirect(new URLSearchParams(changed), secret, at)).toBe('tampered')
      }),
      { numRuns: 2000 },
    )
  })

  test('refuses the secret of another link, and an address without a signature', () => {
    const { searchParams } = new URL(target())
    expect(verifyRedirect(searchParams, 'lnksec_other', at)).toBe('tampered')
    searchParams.delete('bl_sig')
    expect(verifyRedirect(searchParams, secret, at)).toBe('tampered')
    expect(verifyRedirect(new URLSearchParams(), secret, at)).toBe('tampered')
  })

  test('says so to the buyer', async () => {
    await withLandingPage(secret, async (origin) => {
      const now = Math.floor(Date.now() / 1000)
      const status = async (url: string) => (await fetch(url)).status
      expect(await status(target(`${origin}/`, now))).toBe(200)
      expect(await status(target(`${origin}/`, now).replace('status=processing', 'status=paid'))).toBe(403)
      expect(await status(target(`${origin}/`, now - 700))).toBe(410)
    })
  })
})

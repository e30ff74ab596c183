import { describe, expect, test } from 'vitest'
import { redirectTarget } from '@/lib/links/redirect'
import { createLinkInput, updateLinkInput } from '@/lib/links/schema'
import { redirectTargets } from '../support/redirect-targets'

const kept = {
  sessionId: 'cs_test_a1B2',
  status: 'paid' as const,
  tracking: { utm_source: 'newsletter' },
  clientReferenceId: 'cart_42',
  signingSecret: 'lnksec_a',
  now: 1_790_000_000,
}

/** The address as a link would keep it, or null; creating and editing must agree. */
function saved(url: string): string | null {
  const after_completion = { type: 'redirect', redirect: { url } }
  const line_items = [{ price: 'price_1', quantity: 1 }]
  const created = createLinkInput.safeParse({ line_items, after_completion })
  const updated = updateLinkInput.safeParse({ after_completion })
  expect(updated.success, url).toBe(created.success)
  const after = created.data?.after_completion
  return after?.type === 'redirect' ? after.redirect.url : null
}

describe('a target after payment', () => {
  test('comes in at least 130 hostile forms', () => {
    expect(new Set(redirectTargets.map(([address]) => address)).size).toBe(redirectTargets.length)
    expect(redirectTargets.length).toBeGreaterThanOrEqual(130)
  })

  // Mutants: any scheme; http anywhere; a look at the text instead of the parsed address; no look at the user name;
  // the placeholder in the host.
  test('is saved where the rule lets it, and leads to the host that was saved and to no other', () => {
    const odd = redirectTargets.flatMap(([address, origin]) => {
      const url = saved(address)
      if (url === null) return origin === null ? [] : [`refused: ${address}`]
      if (origin === null) return [`saved: ${address} as ${url}`]
      const location = redirectTarget({ ...kept, url })
      const { origin: reached, username, searchParams } = new URL(location)
      const isPlain = /^[\x21-\x7e]+$/.test(location) && username === '' && !/[\\{}"<>]/.test(location)
      const isSigned =
        searchParams.getAll('bl_sig').join() !== 'forged' && searchParams.get('status') === 'paid'
      return reached === origin && isPlain && isSigned ? [] : [`${address} leads to ${location}`]
    })
    expect(odd).toEqual([])
  })
})

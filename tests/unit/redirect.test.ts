import { describe, expect, test } from 'vitest'
import { redirectTarget, signParameters } from '@/lib/links/redirect'

const input = {
  url: 'https://shop.example/thanks?lang=en&utm_source=house#top',
  sessionId: 'cs_test_1',
  status: 'paid' as const,
  tracking: { utm_source: 'newsletter', utm_campaign: 'spring' },
  clientReferenceId: 'cart_42',
  signingSecret: 'lnksec_a',
  now: 1_790_000_000,
}

describe('redirectTarget', () => {
  test('carries codes, reference, status and a signature to the saved target', () => {
    const url = new URL(redirectTarget(input))
    expect(url.origin + url.pathname + url.hash).toBe('https://shop.example/thanks#top')
    const { bl_sig, ...rest } = Object.fromEntries(url.searchParams)
    expect(rest).toEqual({
      lang: 'en',
      utm_source: 'newsletter',
      utm_campaign: 'spring',
      client_reference_id: 'cart_42',
      status: 'paid',
      bl_ts: '1790000000',
    })
    expect(bl_sig).toBe(signParameters(url.searchParams, 'lnksec_a'))
  })

  test('fills in the session id, encoded or not, and only where it was asked for', () => {
    expect(redirectTarget({ ...input, url: 'https://shop.example/{CHECKOUT_SESSION_ID}' })).toContain(
      '/cs_test_1?',
    )
    expect(redirectTarget({ ...input, url: 'https://shop.example/?s=%7BCHECKOUT_SESSION_ID%7D' })).toContain(
      's=cs_test_1',
    )
    expect(redirectTarget(input)).not.toContain('cs_test_1')
  })

  // Mutant: a signature over the codes only. Changing `status` would pass.
  test.each(['status', 'bl_ts', 'utm_source', 'client_reference_id', 'lang'])(
    'a changed %s breaks the signature',
    (name) => {
      const { searchParams } = new URL(redirectTarget(input))
      const signature = searchParams.get('bl_sig')
      searchParams.set(name, 'changed')
      expect(signParameters(searchParams, 'lnksec_a')).not.toBe(signature)
    },
  )

  test('another secret gives another signature', () => {
    const { searchParams } = new URL(redirectTarget(input))
    expect(signParameters(searchParams, 'lnksec_b')).not.toBe(searchParams.get('bl_sig'))
  })
})

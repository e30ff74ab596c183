import { loadStripe } from '@stripe/stripe-js/pure'
import { afterEach, expect, test, vi } from 'vitest'
import { stripeJsUrl } from '@/lib/stripe/browser'

afterEach(() => vi.unstubAllGlobals())

test('the script a page preloads is the one that Stripe’s package injects', () => {
  const script = { src: '', addEventListener: () => {} }
  const head = { appendChild: vi.fn() }
  vi.stubGlobal('window', {})
  vi.stubGlobal('document', { head, querySelectorAll: () => [], createElement: () => script })
  void loadStripe('pk_test_51Hc9vKq8sT2')
  return vi.waitFor(() => {
    expect(head.appendChild).toHaveBeenCalledWith(script)
    expect(script.src).toBe(stripeJsUrl)
  })
})

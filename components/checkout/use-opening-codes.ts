'use client'

import { useEffect, useRef } from 'react'
import { type Checkout, useCheckoutRoot } from './checkout-root'

/**
 * Applies the first promotion code that Stripe takes, once when the session has opened: the one from the link's
 * address, else the link's own. One that is not taken is passed over in silence. A buyer who takes the code out
 * does not get it back by loading the page again.
 */
export function useOpeningCodes(codes: string[] | undefined): void {
  const { checkout, during } = useCheckoutRoot()
  const begun = useRef(false)
  useEffect(() => {
    if (!checkout || !codes || begun.current) return
    begun.current = true
    const isDiscounted = (checkout.discountAmounts?.length ?? 0) > 0
    if (codes.length === 0 || isDiscounted || checkout.status.type !== 'open') return
    if (isFirstTime(`codes:${checkout.id}`, codes.join())) void during(applyFirst(checkout, codes))
  }, [checkout, codes, during])
}

async function applyFirst(checkout: Checkout, codes: string[]): Promise<void> {
  for (const code of codes) {
    const result = await checkout.applyPromotionCode(code).catch(() => null)
    if (result?.type === 'success') return
  }
}

/** Where a browser keeps nothing for a page, every time is the first. */
function isFirstTime(key: string, value: string): boolean {
  try {
    if (sessionStorage.getItem(key) === value) return false
    sessionStorage.setItem(key, value)
  } catch {}
  return true
}

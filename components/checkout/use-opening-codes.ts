'use client'

import { useEffect, useRef } from 'react'
import { appliedCode, type Checkout, useCheckoutRoot } from './checkout-root'

/**
 * Applies the first promotion code that Stripe takes, once when the session has opened: the one from the link's
 * address, also in place of another, else the link's own. One that is not taken is passed over in silence. A buyer
 * who takes the code out does not get it back by loading the page again.
 */
export function useOpeningCodes(codes: string[] | undefined): void {
  const { checkout, during } = useCheckoutRoot()
  const begun = useRef(false)
  useEffect(() => {
    if (!checkout || !codes || begun.current) return
    begun.current = true
    const key = `codes:${checkout.id}`
    if (codes.length === 0 || checkout.status.type !== 'open' || wasTried(key, codes.join())) return
    const applied = appliedCode(checkout)
    const isDiscounted = (checkout.discountAmounts?.length ?? 0) > 0
    if (isDiscounted && (!applied || !isFromAddress(codes[0]) || isSame(codes[0], applied))) return
    const change = applied ? replace(checkout, applied, codes) : applyFirst(checkout, codes)
    void during(change).then((isKnown) => isKnown && noteTried(key, codes.join()))
  }, [checkout, codes, during])
}

/** A resumed order has a code already, and the address brings another one. */
async function replace(checkout: Checkout, applied: string, [code = '']: string[]): Promise<boolean> {
  const removed = await checkout.removePromotionCode().catch(() => null)
  return removed?.type === 'success' && applyFirst(checkout, [code, applied])
}

const isSame = (one: string | undefined, other: string) => one?.toLowerCase() === other.toLowerCase()

function isFromAddress(code: string | undefined): boolean {
  const given = new URLSearchParams(location.search).getAll('prefilled_promo_code')
  return given.some((one) => isSame(code, one))
}

/** @returns whether it is known what became of the codes; a lost request is made again at the next time */
async function applyFirst(checkout: Checkout, codes: string[]): Promise<boolean> {
  for (const code of codes) {
    const result = await checkout.applyPromotionCode(code).catch(() => null)
    if (!result) return false
    if (result.type === 'success') return true
  }
  return true
}

/** Where a browser keeps nothing for a page, every time is the first. */
function wasTried(key: string, value: string): boolean {
  try {
    return sessionStorage.getItem(key) === value
  } catch {
    return false
  }
}

function noteTried(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value)
  } catch {}
}

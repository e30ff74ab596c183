'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { type Checkout, lineOf, useCheckoutRoot } from './checkout-root'

export type QuantityItem = {
  price: string
  index: number
  quantity: number
  minimum: number
  maximum: number
}

/**
 * The quantity of one item and the way to change it. Stripe decides: what is shown in the end is what it answered.
 * Presses that come while a change is under way become one further change.
 */
export function useQuantity({ price, index, quantity, minimum, maximum }: QuantityItem) {
  const t = useTranslations('quantity')
  const { checkout, during, paying } = useCheckoutRoot()
  const line = lineOf(checkout, price, index)
  const id = line?.id
  const lineId = useRef<string | null>(null)
  const target = useRef<number | null>(null)
  const running = useRef(false)
  const [wanted, setWanted] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (id) lineId.current = id
  }, [id])

  const lowest = Math.max(minimum, othersIn(checkout, id) > 0 ? 0 : 1)

  async function drain(checkout: Checkout, lineItem: string) {
    running.current = true
    let sent: number | null = null
    let refusal: string | null = null
    while (target.current !== null && target.current !== sent && refusal === null) {
      sent = target.current
      refusal = await checkout.updateLineItemQuantity({ lineItem, quantity: sent }).then(
        (result) => (result.type === 'error' ? result.error.message : null),
        () => t('failed'),
      )
    }
    running.current = false
    target.current = null
    setWanted(null)
    if (refusal) setProblem(refusal)
  }

  function change(next: number) {
    const bounded = Math.min(Math.max(next, lowest), maximum)
    setProblem(bounded === next ? null : t('bounds', { minimum: lowest, maximum }))
    if (!checkout || !lineId.current || bounded === (wanted ?? line?.quantity)) return
    target.current = bounded
    setWanted(bounded)
    if (!running.current) void during(drain(checkout, lineId.current))
  }

  return {
    shown: wanted ?? line?.quantity ?? (checkout ? 0 : quantity),
    lowest,
    ready: checkout !== null && !paying,
    busy: wanted !== null,
    problem,
    change,
    refuse: (reason: string) => setProblem(reason),
  }
}

/** How many other things the order holds: it never becomes empty. */
function othersIn(checkout: Checkout | null, line: string | undefined): number {
  const others = checkout?.lineItems.filter((item) => item.id !== line) ?? []
  return others.reduce((sum, item) => sum + item.quantity, 0)
}

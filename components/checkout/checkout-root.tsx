'use client'

import type { useCheckoutElements } from '@stripe/react-stripe-js/checkout'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'

type Loaded = Extract<ReturnType<typeof useCheckoutElements>, { type: 'success' }>

/** Stripe's session with its actions, as `useCheckoutElements` hands it out. */
export type Checkout = Loaded['checkout']

/** Brings what stands in a field into the order. @returns false where it cannot be bought like that */
type Guard = () => Promise<boolean>

type Root = {
  /** Null until Stripe has loaded the session: the server's figures hold until then. */
  checkout: Checkout | null
  publish: (checkout: Checkout | null) => void
  /** The session as it is now, for code that has waited for something. */
  latest: () => Checkout | null
  /** How many changes to the order are under way. */
  changing: number
  /** Counts a change while it runs. */
  during: <T>(change: Promise<T>) => Promise<T>
  /** The order rests while it is paid. */
  paying: boolean
  setPaying: (paying: boolean) => void
  /** Whether the order is unfolded on a phone. */
  unfolded: boolean
  unfold: (open: boolean) => void
  guards: Set<Guard>
  /** Waits until nothing changes the order any more. @returns false where something in it has to be put right */
  settled: () => Promise<boolean>
}

const RootContext = createContext<Root | null>(null)

/** Lets the server-rendered offer and the payment form beside it speak of the same session. */
export function CheckoutRoot({ children }: { children: ReactNode }) {
  const [checkout, setCheckout] = useState<Checkout | null>(null)
  const [changing, setChanging] = useState(0)
  const [paying, setPaying] = useState(false)
  const [unfolded, unfold] = useState(false)
  const latest = useRef<Checkout | null>(null)
  const changes = useRef(new Set<Promise<unknown>>())
  const guards = useRef(new Set<Guard>())
  const root = useMemo<Root>(
    () => ({
      checkout,
      publish: (next) => {
        latest.current = next
        setCheckout(next)
      },
      latest: () => latest.current,
      changing,
      during: (change) => {
        changes.current.add(change)
        setChanging((count) => count + 1)
        return change.finally(() => {
          changes.current.delete(change)
          setChanging((count) => count - 1)
        })
      },
      paying,
      setPaying,
      unfolded,
      unfold,
      guards: guards.current,
      settled: async () => {
        const found = await Promise.all([...guards.current].map((guard) => guard()))
        while (changes.current.size > 0) await Promise.allSettled(changes.current)
        // What Stripe answered reaches the page's state in a task of its own.
        await new Promise((resolve) => setTimeout(resolve, 50))
        return found.every(Boolean)
      },
    }),
    [checkout, changing, paying, unfolded],
  )
  return <RootContext value={root}>{children}</RootContext>
}

/** The checkout of this page; only below `CheckoutRoot`. */
export function useCheckoutRoot(): Root {
  const root = useContext(RootContext)
  if (!root) throw new Error('This component belongs below CheckoutRoot.')
  return root
}

/** Has `guard` asked before the order is paid. */
export function useGuard(guard: Guard): void {
  const { guards } = useCheckoutRoot()
  const current = useRef(guard)
  useEffect(() => {
    current.current = guard
  })
  useEffect(() => {
    const ask = () => current.current()
    guards.add(ask)
    return () => {
      guards.delete(ask)
    }
  }, [guards])
}

/** The session's line for an item of the link: by price, and by place where a price is sold twice. */
export function lineOf(checkout: Checkout | null, price: string, index: number) {
  const lines = checkout?.lineItems ?? []
  const same = lines.filter((line) => line.priceId === price)
  return same.length > 1 ? (lines[index] ?? null) : (same[0] ?? null)
}

/** The promotion code that is taken off, as the merchant wrote it. */
export function appliedCode(checkout: Checkout | null): string | null {
  return checkout?.discountAmounts?.find((one) => one.promotionCode !== null)?.promotionCode ?? null
}

'use client'

import type { useCheckoutElements } from '@stripe/react-stripe-js/checkout'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

type Loaded = Extract<ReturnType<typeof useCheckoutElements>, { type: 'success' }>

/** Stripe's session with its actions, as `useCheckoutElements` hands it out. */
export type Checkout = Loaded['checkout']

type Root = {
  /** Null until Stripe has loaded the session: the server's figures hold until then. */
  checkout: Checkout | null
  publish: (checkout: Checkout | null) => void
  /** How many changes to the order are under way; paying waits for them. */
  changing: number
  /** Counts a change while it runs. */
  during: <T>(change: Promise<T>) => Promise<T>
}

const RootContext = createContext<Root | null>(null)

/** Lets the server-rendered offer and the payment form beside it speak of the same session. */
export function CheckoutRoot({ children }: { children: ReactNode }) {
  const [checkout, publish] = useState<Checkout | null>(null)
  const [changing, setChanging] = useState(0)
  const root = useMemo<Root>(
    () => ({
      checkout,
      publish,
      changing,
      during: (change) => {
        setChanging((count) => count + 1)
        return change.finally(() => setChanging((count) => count - 1))
      },
    }),
    [checkout, changing],
  )
  return <RootContext value={root}>{children}</RootContext>
}

/** The checkout of this page; only below `CheckoutRoot`. */
export function useCheckoutRoot(): Root {
  const root = useContext(RootContext)
  if (!root) throw new Error('This component belongs below CheckoutRoot.')
  return root
}

/** The session's line for an item of the link: by price, and by place where a price is sold twice. */
export function lineOf(checkout: Checkout | null, price: string, index: number) {
  const lines = checkout?.lineItems ?? []
  const same = lines.filter((line) => line.priceId === price)
  return same.length > 1 ? (lines[index] ?? null) : (same[0] ?? null)
}

'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Money } from '../money'
import { buttonClass } from '../ui/button'
import type { BasketActions } from './basket'
import { lineOf, useCheckoutRoot } from './checkout-root'
import { useServerChange } from './use-server-change'

type Props = {
  price: string
  name: string
  /** How many are added at first. */
  quantity: number
  changeItem: BasketActions['changeItem']
  image: ReactNode
  /** Changes how many, once it is added. */
  adjust: ReactNode
  children: ReactNode
}

type AmountProps = { price: string; amount: number; quantity: number; currency: string }

/** What the item costs: as many as are in the order, else as many as one press adds. */
export function OptionalAmount({ price, amount, quantity, currency }: AmountProps) {
  const { checkout } = useCheckoutRoot()
  const line = lineOf(checkout, price, 0)
  const known = line && line.quantity > 0 ? line.subtotal.minorUnitsAmount : amount * quantity
  return <Money amount={known} currency={line ? (checkout?.currency ?? currency) : currency} />
}

/** A card with one button that adds the item or takes it out. */
export function OptionalItem({ price, name, quantity, changeItem, image, adjust, children }: Props) {
  const t = useTranslations('optional')
  const { checkout } = useCheckoutRoot()
  const { ready, busy, make } = useServerChange()
  const [problem, setProblem] = useState<'refused' | 'failed' | null>(null)
  const isAdded = (lineOf(checkout, price, 0)?.quantity ?? 0) > 0

  async function toggle() {
    if (!ready || busy) return
    setProblem(null)
    const reply = await make((session) => changeItem({ session, price, quantity: isAdded ? 0 : quantity }))
    if (reply.kind !== 'changed') setProblem(reply.kind === 'refused' ? 'refused' : 'failed')
  }

  return (
    <li
      className={`grid grid-cols-[52px_minmax(0,1fr)_auto] items-center gap-x-3 rounded-xl border p-3 ${isAdded ? 'border-line bg-card' : 'border-dashed border-control-line/60 bg-card/60'}`}
    >
      {image}
      <div className="wrap-anywhere">
        {children}
        {isAdded && adjust}
      </div>
      <button
        type="button"
        aria-label={t(isAdded ? 'removeItem' : 'addItem', { item: name })}
        aria-disabled={!ready || busy}
        aria-busy={busy}
        className={buttonClass('small', `h-11! no-script:hidden ${busy ? 'opacity-70' : ''}`)}
        onClick={() => void toggle()}
      >
        {t(isAdded ? 'remove' : 'add')}
      </button>
      <p role="status" className="col-span-3 text-[13px] text-bad not-empty:mt-2">
        {problem && t(problem)}
      </p>
    </li>
  )
}

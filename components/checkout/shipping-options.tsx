'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Money } from '../money'
import { useCheckoutRoot } from './checkout-root'

type Option = { id: string; name: string; amount: number; estimate: string | null }

/** The ways an order can travel; the first is chosen until the buyer chooses another. */
export function ShippingOptions({ options, currency }: { options: Option[]; currency: string }) {
  const t = useTranslations('shipping')
  const { checkout, during, paying } = useCheckoutRoot()
  const [wanted, setWanted] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const group = useId()
  const chosen = wanted ?? checkout?.shipping?.shippingOption.id ?? options[0]?.id

  function priceOf({ id, amount }: Pick<Option, 'id' | 'amount'>) {
    const rate = checkout?.shippingOptions.find((one) => one.id === id)
    return { amount: rate?.minorUnitsAmount ?? amount, currency: rate?.currency ?? currency }
  }

  async function choose(id: string) {
    if (!checkout || wanted !== null || id === chosen) return
    setWanted(id)
    setProblem(null)
    const refusal = await during(checkout.updateShippingOption(id)).then(
      (result) => (result.type === 'error' ? result.error.message : null),
      () => t('failed'),
    )
    setWanted(null)
    setProblem(refusal)
  }

  return (
    <fieldset className="mt-6 min-w-0" aria-busy={wanted !== null}>
      <legend className="text-sm font-medium">{t('title')}</legend>
      <div className="mt-1.5 divide-y divide-line rounded-xl border border-line bg-card">
        {options.map(({ id, name, amount, estimate }) => (
          <label key={id} className="flex min-h-13 items-center gap-3 px-3.5 py-2">
            <input
              type="radio"
              name={group}
              className="size-4.5 shrink-0 accent-(--brand)"
              checked={id === chosen}
              disabled={!checkout || paying}
              onChange={() => void choose(id)}
            />
            <span className="min-w-0 flex-1 text-[15px] leading-snug wrap-anywhere">
              <bdi>{name}</bdi>
              {estimate && <span className="block text-[13px] text-ink-2">{estimate}</span>}
            </span>
            <span className="text-[15px] tabular-nums">
              {amount === 0 ? t('free') : <Money {...priceOf({ id, amount })} />}
            </span>
          </label>
        ))}
      </div>
      <p role="status" className="mt-1 text-[13px] text-bad empty:hidden">
        {problem}
      </p>
    </fieldset>
  )
}

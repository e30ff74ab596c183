'use client'

import { useLocale } from 'next-intl'
import { formatMoney } from '@/lib/money'

/** Writes amounts in the buyer's language, for use within a sentence. Amounts are integer minor units. */
export function useMoney(): (amount: number, currency: string) => string {
  const locale = useLocale()
  return (amount, currency) => formatMoney(amount, currency, locale)
}

/**
 * An amount in the buyer's language, apart from the direction of the text around it.
 * @param amount integer minor units
 */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  const money = useMoney()
  // Server and browser may know different editions of a language's rules: what the server wrote stays until it changes.
  return <bdi suppressHydrationWarning>{money(amount, currency)}</bdi>
}

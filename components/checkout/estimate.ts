import { useLocale, useTranslations } from 'next-intl'
import type { DeliveryEstimate, Duration } from '@/db/types'

/** How long shipping takes, in words: `3–5 business days`, `from 2 weeks`, `up to 1 day`. On the server only. */
export function useEstimate(): (estimate: DeliveryEstimate | null) => string | null {
  const t = useTranslations('shipping')
  const locale = useLocale()

  function span(from: Duration, to: Duration): string {
    if (from.unit !== to.unit) return t('between', { from: span(from, from), to: span(to, to) })
    if (to.unit !== 'business_day') {
      const format = new Intl.NumberFormat(locale, { style: 'unit', unit: to.unit, unitDisplay: 'long' })
      return from.value === to.value ? format.format(to.value) : format.formatRange(from.value, to.value)
    }
    const format = new Intl.NumberFormat(locale)
    const range = from.value === to.value ? format.format(to.value) : format.formatRange(from.value, to.value)
    return t('businessDays', { count: to.value, range })
  }

  return (estimate) => {
    const { minimum, maximum } = estimate ?? {}
    if (minimum && maximum) return span(minimum, maximum)
    if (minimum) return t('from', { time: span(minimum, minimum) })
    return maximum ? t('upTo', { time: span(maximum, maximum) }) : null
  }
}

import { useTranslations } from 'next-intl'

type Interval = { interval: 'day' | 'week' | 'month' | 'year'; interval_count: number }

/** How often an amount is due, in words: `per month`, `every 3 months`. */
export function useInterval(): (recurring: Interval) => string {
  const t = useTranslations('interval')
  return ({ interval, interval_count: count }) => t(interval, { count })
}

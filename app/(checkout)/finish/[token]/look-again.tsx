'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'

/** Asks again how the payment stands, after a while; the page that comes says so. */
export function LookAgain({ address }: { address: string }) {
  const t = useTranslations('wait')
  useEffect(() => {
    const timer = setTimeout(() => location.replace(address), 4000)
    return () => clearTimeout(timer)
  }, [address])
  return (
    <p role="status" className="mt-4 text-sm text-ink-2">
      {t('going')}
    </p>
  )
}

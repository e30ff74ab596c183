'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'

/** Seconds between two looks; about ten minutes in all. */
const pauses = [2, 3, 5, 8, 10, 15, 20, 30, 30, 60, 60, 120, 240]

/** Looks again by itself while money is on its way, and whenever the buyer comes back to it; gone as soon as the page knows more. */
export function PendingWatch() {
  const t = useTranslations('watch')
  const router = useRouter()
  const [looks, setLooks] = useState(0)
  const pause = pauses[looks]
  useEffect(() => {
    if (pause === undefined) return
    const timer = setTimeout(() => {
      router.refresh()
      setLooks((count) => count + 1)
    }, pause * 1000)
    return () => clearTimeout(timer)
  }, [pause, router])
  useEffect(() => {
    const onReturn = () => {
      if (document.visibilityState !== 'visible') return
      router.refresh()
      setLooks((count) => Math.min(count, pauses.length - 2))
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => document.removeEventListener('visibilitychange', onReturn)
  }, [router])
  return (
    <p role="status" className="mt-3 text-sm text-ink-2 no-script:hidden">
      {pause === undefined ? t('stopped') : t('looking')}
    </p>
  )
}

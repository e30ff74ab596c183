'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { findOut, leaveFor } from '../../../find-out'

/** Asks until it is known what became of the payment, then goes there. */
export function WaitForOutcome({ address }: { address: string }) {
  const t = useTranslations('wait')
  useEffect(() => {
    let gone = false
    void findOut(address).then((to) => gone || leaveFor(to))
    return () => {
      gone = true
    }
  }, [address])
  return (
    <p role="status" className="text-sm text-ink-2 no-script:hidden">
      {t('going')}
    </p>
  )
}

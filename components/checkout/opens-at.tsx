'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { dateLocale } from './date-locale'

const long: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'short' }
/** The longest a browser's timer waits. */
const longestTimer = 2_147_483_647

/** When the sale begins, in the buyer's own time once the page is alive; the page opens by itself then. */
export function OpensAt({ seconds }: { seconds: number }) {
  const t = useTranslations('closed.not_yet')
  const locale = useLocale()
  const at = new Date(seconds * 1000)
  const [text, setText] = useState(
    `${new Intl.DateTimeFormat(dateLocale(locale), { ...long, timeZone: 'UTC' }).format(at)} UTC`,
  )
  useEffect(() => {
    setText(new Intl.DateTimeFormat(dateLocale(locale), long).format(new Date(seconds * 1000)))
    const wait = seconds * 1000 - Date.now() + 500
    if (wait > longestTimer) return
    // A clock that runs ahead must not reload the page in a circle.
    const timer = setTimeout(() => location.reload(), wait > 1000 ? wait : 15_000)
    return () => clearTimeout(timer)
  }, [seconds, locale])
  return (
    <p className="mb-3 font-medium text-ink">
      {t.rich('from', {
        date: text,
        time: (date) => (
          <time dateTime={at.toISOString()} suppressHydrationWarning>
            {date}
          </time>
        ),
      })}
    </p>
  )
}

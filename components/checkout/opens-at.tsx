'use client'

import { useEffect, useState } from 'react'

const long: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'short' }
/** The longest a browser's timer waits. */
const longestTimer = 2_147_483_647

/** When the sale begins, in the buyer's own time once the page is alive; the page opens by itself then. */
export function OpensAt({ seconds }: { seconds: number }) {
  const at = new Date(seconds * 1000)
  const [text, setText] = useState(
    `${new Intl.DateTimeFormat('en-GB', { ...long, timeZone: 'UTC' }).format(at)} UTC`,
  )
  useEffect(() => {
    setText(new Intl.DateTimeFormat('en-GB', long).format(new Date(seconds * 1000)))
    const wait = seconds * 1000 - Date.now() + 500
    if (wait > longestTimer) return
    // A clock that runs ahead must not reload the page in a circle.
    const timer = setTimeout(() => location.reload(), wait > 1000 ? wait : 15_000)
    return () => clearTimeout(timer)
  }, [seconds])
  return (
    <p className="mb-3 font-medium text-ink">
      On sale from <time dateTime={at.toISOString()}>{text}</time>
    </p>
  )
}

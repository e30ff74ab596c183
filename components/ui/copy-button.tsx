'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** The clipboard is closed to pages on plain http; there a selection is copied as browsers did before. */
async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}

/** Copies `text` and says so. Without JavaScript it is not shown; the text stands beside it. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setResult(null), 2000)
    return () => clearTimeout(timer)
  }, [result])
  const Icon = result === 'copied' ? Check : Copy
  return (
    <>
      <button
        type="button"
        aria-label={label}
        onClick={async () => setResult((await copy(text)) ? 'copied' : 'failed')}
        className="no-script:hidden inline-flex h-11 min-w-11 items-center justify-center gap-1.5 rounded-md border border-line bg-card text-[13px] font-medium text-ink-2 hover:bg-tint hover:text-ink xl:h-8 xl:min-w-21 xl:px-2.5"
      >
        <Icon size={14} aria-hidden />
        <span className="hidden xl:inline">{result === 'copied' ? 'Copied' : 'Copy'}</span>
      </button>
      <span role="status" className="sr-only">
        {result === 'copied' && 'Copied'}
        {result === 'failed' && 'Could not be copied; select the address instead'}
      </span>
    </>
  )
}

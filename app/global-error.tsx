'use client'

import './globals.css'
import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'

/** Stands in for the root layout when that itself failed, so it brings its own document. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <title>This page could not be shown</title>
        <Notice
          title="This page could not be shown"
          action={
            <button type="button" className={buttonClass('primary')} onClick={retry}>
              Load it again
            </button>
          }
        >
          Something failed on our side. Loading it again never pays a second time.
        </Notice>
      </body>
    </html>
  )
}

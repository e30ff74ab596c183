'use client'

import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <>
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
    </>
  )
}

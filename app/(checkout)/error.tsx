'use client'

import { useTranslations } from 'next-intl'
import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('error')
  return (
    <>
      {/* The page that failed has none. */}
      <title>{t('title')}</title>
      <Notice
        title={t('title')}
        action={
          <button type="button" className={buttonClass('primary')} onClick={retry}>
            {t('again')}
          </button>
        }
      >
        {t('text')}
      </Notice>
    </>
  )
}

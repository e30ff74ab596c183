import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/notice'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notFound')
  return { title: t('page'), robots: { index: false } }
}

export default function NotFound() {
  const t = useTranslations('notFound')
  return <Notice title={t('title')}>{t('text')}</Notice>
}

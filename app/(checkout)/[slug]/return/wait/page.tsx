import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Notice } from '@/components/notice'
import { Texts } from '@/components/texts'
import { returnAddress } from '../../confirm'
import { WaitForOutcome } from './wait-for-outcome'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('wait')
  return { title: t('page'), robots: { index: false, follow: false } }
}

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where a buyer waits whose payment could not be looked up yet: it may have happened, so nothing asks again for it. */
export default async function Page({ params, searchParams }: Props) {
  const session = (await searchParams).session_id
  if (typeof session !== 'string') notFound()
  const t = await getTranslations('wait')
  const address = returnAddress((await params).slug, session, await getLocale())
  return (
    <Notice
      title={t('title')}
      action={
        <>
          <Texts of={['wait']}>
            <WaitForOutcome address={address} />
          </Texts>
          <noscript>
            <a className="underline" href={address}>
              {t('again')}
            </a>
          </noscript>
        </>
      }
    >
      {t('text')}
    </Notice>
  )
}

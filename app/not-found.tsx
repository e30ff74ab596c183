import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MerchantName } from '@/components/checkout/merchant-name'
import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'
import { getMerchant } from '@/lib/accounts/merchant'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notFound')
  return { title: t('page'), robots: { index: false } }
}

export default async function NotFound() {
  const { name, supportEmail } = await getMerchant()
  const t = await getTranslations()
  return (
    <Notice
      title={t('notFound.title')}
      above={<MerchantName name={name} />}
      action={
        supportEmail && (
          <a className={buttonClass('secondary')} href={`mailto:${supportEmail}`}>
            {t('closed.write', { merchant: name })}
          </a>
        )
      }
    >
      {t('notFound.text')}
    </Notice>
  )
}

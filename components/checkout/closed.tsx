import { useTranslations } from 'next-intl'
import { Notice } from '@/components/notice'
import { buttonClass } from '@/components/ui/button'
import type { PublicLink } from '@/lib/links/public'
import { Texts } from '../texts'
import { MerchantFrame } from './merchant-frame'
import { MerchantName } from './merchant-name'
import { OpensAt } from './offer-parts'

/** A link that sells nothing at the moment, in the merchant's own words where there are some. */
export function ClosedPage({ link }: { link: PublicLink }) {
  const { merchant } = link
  const t = useTranslations('closed')
  const state = link.state === 'open' ? 'inactive' : link.state
  return (
    <MerchantFrame merchant={merchant} branding={link.branding} livemode={link.livemode}>
      <Notice
        title={t(`${state}.title`)}
        above={<MerchantName name={merchant.name} logo={link.branding?.logo ?? null} />}
        action={
          merchant.supportEmail && (
            <a className={buttonClass('secondary')} href={`mailto:${merchant.supportEmail}`}>
              {t('write', { merchant: merchant.name })}
            </a>
          )
        }
      >
        {link.starts_at !== null && (
          <Texts of={['closed']}>
            <OpensAt seconds={link.starts_at} />
          </Texts>
        )}
        {link.inactive_message ? (
          <p dir="auto" className="whitespace-pre-line">
            {link.inactive_message}
          </p>
        ) : (
          <p>{t(`${state}.text`, { merchant: merchant.name })}</p>
        )}
      </Notice>
    </MerchantFrame>
  )
}

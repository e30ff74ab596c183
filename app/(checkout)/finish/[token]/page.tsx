import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { MerchantFrame } from '@/components/checkout/merchant-frame'
import { FinishCard } from '@/components/finish/finish-card'
import { Texts } from '@/components/texts'
import { findUnfinished } from '@/lib/checkout/finish-charge'
import { env } from '@/lib/env'
import { FinishForm } from './finish-form'
import { LookAgain } from './look-again'

type Props = {
  params: Promise<{ token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('finish')
  return { title: t('page'), robots: { index: false, follow: false } }
}

/** A payment the merchant asked for and the bank wants its owner for. Reads only. */
export default async function Page({ params, searchParams }: Props) {
  const { token } = await params
  const charge = await findUnfinished(token)
  if (!charge) notFound()
  const { publishableKey, jsUrl } = env().stripe
  const returnPath = `/finish/${token}/return?locale=${await getLocale()}`
  const unsure = (await searchParams).unsure !== undefined
  return (
    <MerchantFrame merchant={charge.merchant} branding={null} livemode={charge.livemode}>
      <FinishCard charge={charge} unsure={unsure}>
        <Texts of={['finish', 'pay', 'trouble', 'receipt', 'wait']}>
          {unsure ? (
            <LookAgain address={returnPath} />
          ) : (
            charge.client_secret && (
              <FinishForm
                returnPath={returnPath}
                clientSecret={charge.client_secret}
                publishableKey={publishableKey}
                jsUrl={jsUrl}
                amount={charge.amount}
                currency={charge.currency}
                saved={{ id: charge.payment_method_id, method: charge.payment_method }}
              />
            )
          )}
        </Texts>
      </FinishCard>
    </MerchantFrame>
  )
}

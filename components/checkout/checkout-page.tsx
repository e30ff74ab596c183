import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { PublicLink } from '@/lib/links/public'
import { Texts } from '../texts'
import type { BasketActions } from './basket'
import { CheckoutRoot } from './checkout-root'
import { Fold } from './fold'
import { MerchantFrame } from './merchant-frame'
import { Offer, Recurrence } from './offer'
import { purposeOf } from './purpose'

type Props = {
  link: PublicLink
  actions: BasketActions
  /** The payment form. */
  children: ReactNode
}

/** The offer beside the way to pay; below each other on a phone. */
export function CheckoutPage({ link, actions, children }: Props) {
  const { merchant, items, currency, amount_due: amount } = link
  const t = useTranslations('offer')
  const what = items.length === 1 ? (items[0]?.name ?? '') : t('items', { count: items.length })
  return (
    <MerchantFrame merchant={merchant} branding={link.branding} livemode={link.livemode}>
      <Texts of={[...pageTexts, ...basketTexts(link)]}>
        <CheckoutRoot>
          <main className="grid flex-1 grid-cols-[minmax(0,1fr)] content-start desk:grid-cols-2 desk:content-stretch">
            <h1 className="sr-only">{t(`heading.${purposeOf(link)}`, { merchant: merchant.name })}</h1>
            <Fold
              merchant={merchant.name}
              logo={link.branding?.logo ?? null}
              what={what}
              amount={amount}
              currency={currency}
              recurrence={link.recurring && <Recurrence link={link} brief />}
            >
              <Offer link={link} actions={actions} />
            </Fold>
            <section aria-label={t('payment')} className="px-5 pt-6 pb-10 desk:px-12 desk:py-14">
              <div className="mx-auto w-full max-w-110 desk:ms-0">
                <noscript>
                  <p className="rounded-xl border border-line bg-card p-5">{t('noScript')}</p>
                </noscript>
                {children}
              </div>
            </section>
          </main>
        </CheckoutRoot>
      </Texts>
    </MerchantFrame>
  )
}

const pageTexts = ['order', 'amount', 'quantity', 'pay', 'asked', 'hold', 'trouble', 'closed'] as const

/** The texts of what only some links have. */
function basketTexts(link: PublicLink) {
  return [
    ...(link.allow_promotion_codes ? (['promotion'] as const) : []),
    ...(link.optional_items.length > 0 ? (['optional'] as const) : []),
    ...(link.shipping_options.length > 0 ? (['shipping'] as const) : []),
    ...(link.items.some((item) => item.chosen) ? (['chosen'] as const) : []),
  ]
}

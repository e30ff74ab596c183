import type { ReactNode } from 'react'
import type { PublicLink } from '@/lib/links/public'
import { CheckoutRoot } from './checkout-root'
import { Fold } from './fold'
import { MerchantFrame } from './merchant-frame'
import { Offer, Recurrence } from './offer'
import { offerHeading } from './words'

type Props = {
  link: PublicLink
  /** The payment form. */
  children: ReactNode
}

/** The offer beside the way to pay; below each other on a phone. */
export function CheckoutPage({ link, children }: Props) {
  const { merchant, items, currency, amount_subtotal: amount } = link
  const what = items.length === 1 ? (items[0]?.name ?? '') : `${items.length} items`
  return (
    <MerchantFrame merchant={merchant} livemode={link.livemode}>
      <CheckoutRoot>
        <main className="grid flex-1 grid-cols-[minmax(0,1fr)] content-start desk:grid-cols-2 desk:content-stretch">
          <h1 className="sr-only">{offerHeading(link, merchant.name)}</h1>
          <Fold
            merchant={merchant.name}
            what={what}
            amount={amount}
            currency={currency}
            recurrence={link.recurring && <Recurrence link={link} brief />}
          >
            <Offer link={link} />
          </Fold>
          <section aria-label="Payment" className="px-5 pt-6 pb-10 desk:px-12 desk:py-14">
            <div className="mx-auto w-full max-w-110 desk:ml-0">
              <noscript>
                <p className="rounded-xl border border-line bg-card p-5">
                  Paying needs JavaScript: the card fields come straight from the payment provider, so that
                  your card number never touches this page. Please switch JavaScript on and load the page
                  again.
                </p>
              </noscript>
              {children}
            </div>
          </section>
        </main>
      </CheckoutRoot>
    </MerchantFrame>
  )
}

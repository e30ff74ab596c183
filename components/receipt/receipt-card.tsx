import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import type { Receipt } from '@/lib/orders/receipt'
import { MerchantName } from '../checkout/merchant-name'
import { Texts } from '../texts'
import { PendingWatch } from './pending-watch'
import { ReceiptAnswers } from './receipt-answers'
import { ReceiptLines } from './receipt-lines'
import { StatusMark } from './status-mark'
import { isReturned, tale } from './tale'

/** What happened, what was bought, what comes next. */
export function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const { status, merchant, slug } = receipt
  const t = useTranslations('receipt')
  const locale = useLocale()
  const { title, text } = tale(receipt)
  const returned = isReturned(receipt)
  return (
    <main className="flex-1 bg-tint px-5 py-10">
      <div className="mx-auto max-w-120">
        <MerchantName name={merchant.name} logo={receipt.branding?.logo ?? null} />
        <article className="mt-5 rounded-2xl border border-line bg-card p-6 shadow-card sm:p-7">
          <StatusMark status={returned ? 'returned' : status} />
          <h1 className="mt-4 text-2xl leading-tight font-semibold tracking-tight text-balance">
            {t(title)}
          </h1>
          <p className="mt-1.5 text-ink-2 wrap-anywhere">
            {t.rich(status !== 'failed' && receipt.customer_email ? 'orderFor' : 'order', {
              number: receipt.number,
              email: receipt.customer_email ?? '',
              b: (number) => <b className="font-semibold text-ink tabular-nums">{number}</b>,
              bdi: (email) => <bdi>{email}</bdi>,
            })}
          </p>
          {text && <p className="mt-3 text-ink-2">{t(text, { merchant: merchant.name })}</p>}
          {status === 'pending' && (
            <Texts of={['watch']}>
              <PendingWatch />
            </Texts>
          )}
          <ReceiptLines receipt={receipt} />
          <ReceiptAnswers answers={receipt.answers} />
          {receipt.invoice_url && (
            <p className="mt-4 text-sm">
              <a className="underline underline-offset-2" href={receipt.invoice_url} rel="noreferrer">
                {t('invoice')}
              </a>
            </p>
          )}
          {status === 'failed' && (
            // A full page load: the checkout's policy lets Stripe in, this page's does not.
            <a className={buttonClass('primary', 'mt-4 w-full')} href={`/${slug}?locale=${locale}`}>
              {t('failed.back')}
            </a>
          )}
          {(status === 'paid' || status === 'pending') && !returned && receipt.custom_message && (
            <section className="mt-4 border-t border-line pt-5">
              <h2 className="font-semibold">{status === 'pending' ? t('nextOnceArrived') : t('next')}</h2>
              <p
                dir="auto"
                className="mt-1.5 text-start text-sm whitespace-pre-line text-ink-2 wrap-anywhere"
              >
                {receipt.custom_message}
              </p>
            </section>
          )}
        </article>
        {merchant.supportEmail && (
          <p className="mt-5 text-center text-[13px] text-ink-2">
            {t.rich('questions', {
              email: merchant.supportEmail,
              a: (email) => (
                <a className="underline underline-offset-2" href={`mailto:${merchant.supportEmail}`}>
                  <bdi>{email}</bdi>
                </a>
              ),
            })}
          </p>
        )}
      </div>
    </main>
  )
}

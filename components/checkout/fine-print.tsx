import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Merchant } from '@/lib/accounts/merchant'
import type { Saving } from '@/lib/links/saving'

type Props = {
  merchant: Merchant
  sandbox: boolean
  /** Whether the buyer accepts the terms with a box of their own. */
  termsAsked: boolean
  saving: Saving[]
}

/** The small words below the button: whose rules apply, and who handles the payment. */
export function FinePrint({ merchant, sandbox, termsAsked, saving }: Props) {
  const t = useTranslations('finePrint')
  const kept = useTranslations('saving')
  const { name, termsUrl, privacyUrl, supportEmail } = merchant
  const rules = termsUrl ? (privacyUrl ? 'both' : 'terms') : privacyUrl ? 'privacy' : null
  return (
    <footer className="mt-6 grid gap-3 text-center text-[13px] text-ink-3">
      {saving.map((agreement) => (
        <p key={agreement}>{kept(agreement, { merchant: merchant.name })}</p>
      ))}
      {rules && !termsAsked && (
        <p>
          {t.rich(rules, {
            merchant: name,
            terms: (words) => <FineLink href={termsUrl ?? ''}>{words}</FineLink>,
            privacy: (words) => <FineLink href={privacyUrl ?? ''}>{words}</FineLink>,
          })}
        </p>
      )}
      <p className="flex flex-wrap items-baseline justify-center gap-x-4 gap-y-1">
        <span>{sandbox ? t('sandbox') : t('secured')}</span>
        {supportEmail && (
          <FineLink href={`mailto:${supportEmail}`}>{t('contact', { merchant: name })}</FineLink>
        )}
      </p>
    </footer>
  )
}

function FineLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      className="inline-block py-0.5 underline underline-offset-2 hover:text-ink"
      href={href}
      rel="noreferrer"
      {...(href.startsWith('http') ? { target: '_blank' } : {})}
    >
      {children}
    </a>
  )
}

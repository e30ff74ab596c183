'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { AnswerProblem } from '@/lib/checkout/answer-rules'
import type { Terms } from '@/lib/links/asked'
import { TickBox } from './custom-field'

type Props = {
  merchant: string
  value: string | boolean
  problem: AnswerProblem | null
  onChange: (checked: boolean) => void
}

/** The buyer's yes to the merchant's terms, in the merchant's own words where there are some. */
export function TermsConsent({ terms, merchant, value, problem, onChange }: Props & { terms: Terms }) {
  const t = useTranslations('asked.terms')
  const { url, privacy_url: privacy, text } = terms
  const links = {
    merchant,
    terms: (words: ReactNode) => <OutLink href={url}>{words}</OutLink>,
    privacy: (words: ReactNode) => <OutLink href={privacy}>{words}</OutLink>,
  }
  return (
    <TickBox id={useId()} checked={value === true} required problem={problem} onChange={onChange}>
      {text === null ? (
        t.rich(privacy === null ? 'accept' : 'acceptBoth', links)
      ) : (
        <>
          <span className="whitespace-pre-line">
            <bdi>{text}</bdi>
          </span>
          {url && (
            <>
              {' '}
              <OutLink href={url}>{t('link')}</OutLink>
            </>
          )}
          {privacy && (
            <>
              {' '}
              <OutLink href={privacy}>{t('privacyLink')}</OutLink>
            </>
          )}
        </>
      )}
    </TickBox>
  )
}

/** Never ticked beforehand. */
export function PromotionsConsent({ merchant, value, problem, onChange }: Props) {
  const t = useTranslations('asked')
  return (
    <TickBox id={useId()} checked={value === true} required={false} problem={problem} onChange={onChange}>
      {t('promotions', { merchant })}
    </TickBox>
  )
}

function OutLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (!href) return children
  return (
    <a className="underline underline-offset-2" href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}

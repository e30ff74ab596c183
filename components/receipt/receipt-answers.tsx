import { useTranslations } from 'next-intl'
import type { AnsweredField } from '@/db/types'

/** What the buyer answered, for them to read again. */
export function ReceiptAnswers({ answers }: { answers: AnsweredField[] }) {
  const t = useTranslations('receipt.answers')
  const given = answers.filter(({ value }) => value !== null)
  if (given.length === 0) return null
  return (
    <section className="mt-4 border-t border-line pt-5">
      <h2 className="font-semibold">{t('title')}</h2>
      <dl className="mt-1.5 grid gap-2 text-sm">
        {given.map(({ key, label, value, chosen }) => (
          <div key={key}>
            <dt className="text-ink-2 wrap-anywhere">
              <bdi>{label}</bdi>
            </dt>
            <dd dir="auto" className="whitespace-pre-line text-start wrap-anywhere">
              {typeof value === 'boolean' ? t(value ? 'yes' : 'no') : (chosen ?? value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

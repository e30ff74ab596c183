import type { ReactNode } from 'react'
import { Timestamp } from '@/components/ui/timestamp'
import type { OrderDetails } from '@/lib/orders/order-details'
import { Section } from './section'

/** What the buyer answered and agreed to; nothing where the link asked nothing. */
export function Answers({ order }: { order: OrderDetails }) {
  const { customFields, consent } = order
  if (customFields.length === 0 && !consent) return null
  return (
    <Section title="Answers">
      <dl className="grid gap-2.5 text-sm">
        {customFields.map((field) => (
          <Row key={field.key} label={field.label}>
            {words(field) ?? <span className="text-ink-2">Not answered</span>}
          </Row>
        ))}
        {consent?.terms && (
          <Row label="Terms of service">
            Accepted <Timestamp at={new Date(consent.at)} />
            <span className="block text-[13px] text-ink-2">
              {[consent.terms.text, consent.terms.url, consent.terms.privacy_url].filter(Boolean).join(' · ')}
              {` (version ${consent.terms.version.slice(0, 8)})`}
            </span>
          </Row>
        )}
        {consent?.promotions && (
          <Row label="News and offers">
            {consent.promotions === 'opt_in' ? 'Wanted' : 'Not wanted'},{' '}
            <Timestamp at={new Date(consent.at)} />
          </Row>
        )}
      </dl>
    </Section>
  )
}

function words({ value, chosen }: OrderDetails['customFields'][number]): string | null {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return chosen ?? value
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-2 wrap-anywhere">{label}</dt>
      <dd className="whitespace-pre-line wrap-anywhere">{children}</dd>
    </div>
  )
}

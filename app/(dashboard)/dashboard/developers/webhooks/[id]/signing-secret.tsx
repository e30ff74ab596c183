import { CopyText } from '@/components/ui/copy-text'
import { Section } from '@/components/ui/section'
import { Timestamp } from '@/components/ui/timestamp'
import type { Endpoint } from '@/lib/events/endpoints'
import { RollForm } from './endpoint-forms'

export function SigningSecret({ endpoint: { id, secret, previousSecretUntil } }: { endpoint: Endpoint }) {
  const rolling = previousSecretUntil !== null && previousSecretUntil > new Date()
  return (
    <Section title="Signing secret">
      <details>
        <summary className="min-h-6 cursor-pointer text-sm font-medium">Show the secret</summary>
        <div className="mt-3 grid gap-2">
          <CopyText text={secret} label="Copy the signing secret" />
          <p className="max-w-prose text-sm text-ink-2">
            It verifies the header Stripe-Signature with any of Stripe’s libraries, and webhook-signature with
            any of Standard Webhooks.
          </p>
        </div>
      </details>
      {rolling && (
        <p className="text-sm text-ink-2">
          The secret before this one signs as well until <Timestamp at={previousSecretUntil} />.
        </p>
      )}
      <RollForm id={id} />
    </Section>
  )
}

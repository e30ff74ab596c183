import type { Merchant } from '@/lib/accounts/merchant'

/** The small words below the button: whose rules apply, and who handles the payment. */
export function FinePrint({ merchant, sandbox }: { merchant: Merchant; sandbox: boolean }) {
  const { name, termsUrl, privacyUrl, supportEmail } = merchant
  return (
    <footer className="mt-6 grid gap-3 text-center text-[13px] text-ink-3">
      {(termsUrl || privacyUrl) && (
        <p>
          By paying you accept the {termsUrl && <FineLink href={termsUrl}>terms</FineLink>}
          {termsUrl && privacyUrl && ' and the '}
          {privacyUrl && <FineLink href={privacyUrl}>privacy policy</FineLink>} of {name}.
        </p>
      )}
      <p className="flex flex-wrap items-baseline justify-center gap-x-4 gap-y-1">
        <span>{sandbox ? 'Sandbox in place of Stripe' : 'Secured by Stripe'}</span>
        {supportEmail && <FineLink href={`mailto:${supportEmail}`}>Contact {name}</FineLink>}
      </p>
    </footer>
  )
}

function FineLink({ href, children }: { href: string; children: React.ReactNode }) {
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

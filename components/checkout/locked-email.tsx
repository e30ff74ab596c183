import { useTranslations } from 'next-intl'

/** An address that came with the link and cannot be changed; told, not asked. */
export function LockedEmail({ email }: { email: string }) {
  const t = useTranslations('pay')
  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium">{t('email')}</p>
      <p className="flex h-11 items-center rounded-base border border-line bg-tint px-3 text-ink-2">
        <bdi className="truncate">{email}</bdi>
      </p>
    </div>
  )
}

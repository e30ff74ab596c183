import { useTranslations } from 'next-intl'
import { Trouble } from '@/components/checkout/trouble'
import type { useSession } from './use-session'

export type SessionTrouble = Exclude<ReturnType<typeof useSession>['state'], { kind: 'opening' }>

/** Why there is no session to pay, in words a buyer can act on. */
export function SessionTroubles({
  trouble,
  merchant,
  onRetry,
}: {
  trouble: SessionTrouble
  merchant: string
  onRetry: () => void
}) {
  const t = useTranslations('trouble')
  const closed = useTranslations('closed')
  if (trouble.kind === 'busy') {
    return (
      <Trouble
        title={t(`${trouble.why}.title`)}
        action={{ label: t('tryNow'), onPress: onRetry, busy: trouble.trying }}
      >
        {t(`${trouble.why}.text`)}
      </Trouble>
    )
  }
  if (trouble.kind === 'refused') {
    return (
      <Trouble title={t('refused.title')} action={{ label: t('reload'), onPress: () => location.reload() }}>
        {t(`refused.${trouble.why}`)}
      </Trouble>
    )
  }
  const { state } = trouble.session
  if (state === 'open') return null
  return (
    <Trouble title={closed(`${state}.title`)}>
      {trouble.session.message ?? closed(`${state}.text`, { merchant })}
    </Trouble>
  )
}

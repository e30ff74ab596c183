import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'

export type PayPhase = 'idle' | 'working' | 'paid'

type Props = {
  label: string
  phase: PayPhase
  /** The amount is about to change. */
  waiting: boolean
}

/** Names the amount, turns into progress, then into a tick. Off only while something is under way. */
export function PayButton({ label, phase, waiting }: Props) {
  const t = useTranslations('pay')
  const busy = phase !== 'idle'
  return (
    <button
      type="submit"
      aria-disabled={busy || waiting}
      aria-busy={phase === 'working' || waiting}
      className={buttonClass('primary', `w-full tabular-nums ${waiting ? 'opacity-70' : ''}`)}
    >
      {phase === 'idle' && (
        <>
          <Lock />
          <span>{label}</span>
        </>
      )}
      {phase === 'working' && (
        <>
          <span
            aria-hidden="true"
            className="size-4.5 rounded-full border-2 border-current border-t-transparent motion-safe:animate-spin"
          />
          {t('processing')}
        </>
      )}
      {phase === 'paid' && (
        <>
          <svg aria-hidden="true" viewBox="0 0 16 16" className="size-5 fill-none stroke-current stroke-2">
            <path d="m3 8.500 3.500 3.500 6.500-8" />
          </svg>
          {t('done')}
        </>
      )}
    </button>
  )
}

function Lock() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-current">
      <path d="M5 7V5a3 3 0 0 1 6 0v2h1.500v7h-9V7H5Zm1.500 0h3V5a1.500 1.500 0 0 0-3 0v2Z" />
    </svg>
  )
}

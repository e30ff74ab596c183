import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button'

type Props = {
  title: string
  children: ReactNode
  action?: { label: string; onPress: () => void; busy?: boolean }
  /** Takes the focus: what had it is gone. */
  focus?: boolean
}

const takeFocus = (box: HTMLElement | null) => box?.focus()

/** What is wrong in place of the payment form, and the one way on. Announced when it appears. */
export function Trouble({ title, children, action, focus = false }: Props) {
  const t = useTranslations('trouble')
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={focus ? takeFocus : undefined}
      className="scroll-mt-20 rounded-xl border border-line bg-card p-5"
    >
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-1 text-[15px] text-ink-2 wrap-anywhere">{children}</p>
      {action && (
        <button
          type="button"
          aria-disabled={action.busy}
          aria-busy={action.busy}
          className={buttonClass('secondary', 'mt-4')}
          onClick={() => action.busy || action.onPress()}
        >
          {action.busy ? t('trying') : action.label}
        </button>
      )}
    </div>
  )
}

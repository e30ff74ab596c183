import { useTranslations } from 'next-intl'

/** Says on every page that no money moves. */
export function TestModeBar() {
  const t = useTranslations('testMode')
  return (
    <aside
      aria-label={t('label')}
      className="bg-test px-4 py-1.5 text-center text-[13px] font-medium text-on-test"
    >
      {t('text')}
    </aside>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import type { Problem } from '@/components/checkout/pay-problem'
import type { HoldRefusal } from './hold-call'

/** Says why the buyer cannot pay now, in words they can act on. */
export function useRefusal(): (refusal: HoldRefusal) => Problem {
  const t = useTranslations('hold')
  const closed = useTranslations('closed')
  const pay = useTranslations('pay')
  return (refusal) => {
    switch (refusal.kind) {
      case 'closed':
        return {
          title: closed(`${refusal.state}.title`),
          message: [refusal.message, pay('notCharged')].filter(Boolean).join(' '),
        }
      case 'none_left': {
        const { item, free, held } = refusal
        if (free > 0 && item) {
          return { title: t('fewLeft.title', { free }), message: t('fewLeft.text', { item }) }
        }
        const why = held ? 'taken' : 'sold'
        return { title: t(`${why}.title`), message: item ? t(`${why}.text`, { item }) : t(`${why}.unnamed`) }
      }
      case 'bought_before':
        return { title: t('boughtBefore.title'), message: t('boughtBefore.text') }
      case 'unknown':
        return { title: t('outOfDate.title'), message: t('outOfDate.text') }
      case 'unavailable':
        return { title: t('unavailable.title'), message: t('unavailable.text') }
    }
  }
}

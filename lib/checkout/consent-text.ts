import { createTranslator } from 'next-intl'
import { defaultLocale, findLocale } from '@/lib/i18n/locales'
import { messagesOf } from '@/lib/i18n/messages'
import type { Saving } from '@/lib/links/saving'

/** The sentences the page showed a buyer about keeping a way to pay, in the language it was read in. */
export async function consentText(
  agreed: Saving[],
  locale: string | null,
  merchant: string,
): Promise<string[]> {
  const chosen = findLocale(locale ?? '') ?? defaultLocale
  const t = createTranslator({ locale: chosen, messages: await messagesOf(chosen), namespace: 'saving' })
  return agreed.map((each) => t(each, { merchant }))
}

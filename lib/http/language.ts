import { headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { defaultLocale, findLocale, type Locale } from '@/lib/i18n/locales'
import { messagesOf } from '@/lib/i18n/messages'
import { localeHeader } from './language-header'

/** The language of this request's page; English where the page speaks no other. */
export async function requestLocale(): Promise<Locale> {
  return findLocale((await headers()).get(localeHeader) ?? '') ?? defaultLocale
}

/** What next-intl translates with. Dates name their own time zone; this is the one it would fall back to. */
export default getRequestConfig(async () => {
  const locale = await requestLocale()
  return { locale, messages: await messagesOf(locale), timeZone: 'UTC' }
})

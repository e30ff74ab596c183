import { NextIntlClientProvider, useMessages } from 'next-intl'
import type { ReactNode } from 'react'
import type { Messages } from '@/lib/i18n/messages'

/** Hands the texts of these nouns to what runs in the browser below; everything else is translated on the server. */
export function Texts({ of: nouns, children }: { of: (keyof Messages)[]; children: ReactNode }) {
  const messages = useMessages()
  const picked = Object.fromEntries(nouns.map((noun) => [noun, messages[noun]]))
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>
}

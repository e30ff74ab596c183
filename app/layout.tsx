import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import { requestLocale } from '@/lib/http/language'
import { directionOf } from '@/lib/i18n/locales'

export const metadata: Metadata = {
  title: { default: 'Buylink', template: '%s' },
  icons: { icon: '/icon.svg' },
  formatDetection: { telephone: false, email: false, address: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A prerendered page would carry no nonce, or the first visitor's: reading the language off a header keeps every route dynamic.
  const locale = await requestLocale()
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className="font-sans antialiased">{children}</body>
    </html>
  )
}

import type { Metadata } from 'next'
import type { Locale } from '@/lib/i18n/locales'
import type { PublicLink } from '@/lib/links/public'
import { formatMoney } from '@/lib/money'

/** What a link looks like when it is shared: made without opening a session. Never indexed. */
export function linkMetadata(link: PublicLink, baseUrl: string, locale: Locale): Metadata {
  const { merchant, items } = link
  const names = new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(
    items.map((item) => item.name),
  )
  const price = formatMoney(link.amount_subtotal, link.currency, locale)
  const title = `${names} · ${merchant.name}`
  const about = items.length === 1 ? items[0]?.description : null
  const description = [price, about].filter(Boolean).join(' · ')
  const image = items.find((item) => item.image?.startsWith('https://'))?.image
  return {
    metadataBase: new URL(baseUrl),
    title,
    description,
    robots: { index: false, follow: false },
    openGraph: {
      type: 'website',
      title: names,
      description,
      siteName: merchant.name,
      url: `/${link.slug}`,
      ...(image ? { images: [{ url: image, alt: names }] } : {}),
    },
    twitter: { card: image ? 'summary_large_image' : 'summary' },
  }
}

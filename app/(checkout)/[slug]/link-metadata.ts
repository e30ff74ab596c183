import type { Metadata } from 'next'
import type { PublicLink } from '@/lib/links/public'
import { formatMoney } from '@/lib/money'

/** What a link looks like when it is shared: made without opening a session. Never indexed. */
export function linkMetadata(link: PublicLink, baseUrl: string): Metadata {
  const { merchant, items } = link
  const names = items.map((item) => item.name).join(', ')
  const price = formatMoney(link.amount_subtotal, link.currency)
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

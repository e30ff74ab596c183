import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/lib/i18n/locales'
import type { PublicLink } from '@/lib/links/public'
import { formatMoney } from '@/lib/money'

/** What a link looks like when it is shared: made without opening a session. Never indexed. */
export async function linkMetadata(link: PublicLink, baseUrl: string, locale: Locale): Promise<Metadata> {
  const { merchant, items } = link
  const names = new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(
    items.map((item) => item.name),
  )
  const title = `${names} · ${merchant.name}`
  const about = items.length === 1 ? items[0]?.description : null
  const description = [await priceOf(link, locale), about].filter(Boolean).join(' · ')
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

/** The price in words: what is due now, what comes after it, or what a buyer may choose from. */
async function priceOf(link: PublicLink, locale: Locale): Promise<string> {
  const { items, recurring, trial_days: days, amount_subtotal: now } = link
  const money = (amount: number) => formatMoney(amount, link.currency, locale)
  const chosen = items[0]?.chosen
  if (chosen) {
    const t = await getTranslations('chosen')
    return t('bounds', { minimum: money(chosen.minimum), maximum: money(chosen.maximum) })
  }
  if (!recurring) return money(now)
  const interval = await getTranslations('interval')
  const words = {
    amount: money(recurring.amount),
    interval: interval(recurring.interval, { count: recurring.interval_count }),
  }
  if (days === null && now === recurring.amount) return `${words.amount} ${words.interval}`
  const t = await getTranslations('amount')
  const later = days === null ? t('then', words) : t('trial', { days, ...words })
  return [now > 0 ? money(now) : null, later].filter(Boolean).join(', ')
}

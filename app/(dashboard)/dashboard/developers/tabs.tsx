'use client'

import Link from 'next/link'
import { useSelectedLayoutSegment } from 'next/navigation'

const tabs = [
  { segment: 'webhooks', href: '/dashboard/developers/webhooks', label: 'Webhooks' },
  { segment: 'events', href: '/dashboard/developers/events', label: 'Events sent' },
  { segment: 'received', href: '/dashboard/developers/received', label: 'Events received' },
  { segment: 'keys', href: '/dashboard/developers/keys', label: 'API keys' },
] as const

export function Tabs() {
  const segment = useSelectedLayoutSegment()
  return (
    <nav aria-label="Developers" className="mb-6 flex flex-wrap gap-x-5 border-b border-line">
      {tabs.map(({ href, label, ...tab }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={tab.segment === segment ? 'page' : undefined}
          className="-mb-px flex h-11 items-center border-b-2 border-transparent text-sm font-medium text-ink-2 hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

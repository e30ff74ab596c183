'use client'

import { Link2, ReceiptText, Webhook } from 'lucide-react'
import Link from 'next/link'
import { useSelectedLayoutSegment } from 'next/navigation'

const entries = [
  { segment: 'links', href: '/dashboard/links', label: 'Links', Icon: Link2 },
  { segment: 'orders', href: '/dashboard/orders', label: 'Orders', Icon: ReceiptText },
  { segment: 'developers', href: '/dashboard/developers/webhooks', label: 'Developers', Icon: Webhook },
] as const

export function Navigation() {
  const segment = useSelectedLayoutSegment()
  return (
    <nav
      aria-label="Dashboard"
      className="order-last flex basis-full flex-wrap gap-0.5 desk:order-none desk:basis-auto desk:flex-col"
    >
      {entries.map(({ href, label, Icon, ...entry }) => (
        <Link
          key={href}
          href={href}
          prefetch={false}
          aria-current={entry.segment === segment ? 'page' : undefined}
          className="flex h-11 items-center gap-2.5 rounded-md px-2.5 text-[15px] font-medium text-ink-2 hover:text-ink aria-[current=page]:bg-ink/7 aria-[current=page]:text-ink desk:h-9"
        >
          <Icon size={16} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  )
}

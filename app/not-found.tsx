import type { Metadata } from 'next'
import { Notice } from '@/components/notice'

export const metadata: Metadata = { title: 'Page not found', robots: { index: false } }

export default function NotFound() {
  return (
    <Notice title="There is nothing at this address">
      Check the link for missing characters, or ask the person who sent it for a new one.
    </Notice>
  )
}

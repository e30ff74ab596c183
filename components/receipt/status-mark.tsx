import type { Receipt } from '@/lib/orders/receipt'

/** `returned`: all of the money went back, whatever the order is. */
type Status = Receipt['status'] | 'returned'

const looks: Record<Status, { tone: string; path: string }> = {
  paid: { tone: 'text-ok bg-ok/14', path: 'm5 12.500 4.500 4.500L19 7.500' },
  pending: {
    tone: 'text-warn bg-warn/14',
    path: 'M7 4h10M7 20h10M8 4v3.500l4 4.500 4-4.500V4M8 20v-3.500l4-4.500 4 4.500V20',
  },
  review: { tone: 'text-warn bg-warn/14', path: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12m4.500 10.500L20 20' },
  returned: { tone: 'text-ink-2 bg-ink-2/14', path: 'M9 5 4 10l5 5M4 10h10.500a4.500 4.500 0 0 1 0 9H11' },
  failed: { tone: 'text-bad bg-bad/14', path: 'm7 7 10 10M17 7 7 17' },
}

/** A tick, an hourglass, a lens, an arrow back or a cross; the heading beside it says the same in words. */
export function StatusMark({ status }: { status: Status }) {
  const { tone, path } = looks[status]
  return (
    <span aria-hidden="true" className={`grid size-11 place-items-center rounded-full ${tone}`}>
      <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 fill-none stroke-current" strokeWidth="2">
        <path d={path} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </span>
  )
}

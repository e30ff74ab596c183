import Link from 'next/link'
import { endpointsSwitchedOff } from '@/lib/events/endpoints'

/** Says on every page that an endpoint was switched off by itself, until somebody has seen to it. */
export async function SwitchedOff() {
  const endpoints = await endpointsSwitchedOff()
  if (endpoints.length === 0) return null
  return (
    <div role="status" className="mb-6 grid gap-1 rounded-xl border border-bad/40 bg-bad/8 px-4 py-3 text-sm">
      {endpoints.map(({ id, url, disabledBy }) => (
        <p key={id} className="wrap-anywhere">
          The webhook endpoint{' '}
          <Link
            href={`/dashboard/developers/webhooks/${id}`}
            prefetch={false}
            className="font-medium underline"
          >
            {url}
          </Link>{' '}
          {disabledBy === 'gone'
            ? 'answered that it is gone (410) and was switched off.'
            : 'failed for five days without a success and was switched off.'}
        </p>
      ))}
    </div>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/components/notice'
import { returnAddress } from '../../confirm'
import { WaitForOutcome } from './wait-for-outcome'

export const metadata: Metadata = {
  title: 'Checking your payment',
  robots: { index: false, follow: false },
}

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where a buyer waits whose payment could not be looked up yet: it may have happened, so nothing asks again for it. */
export default async function Page({ params, searchParams }: Props) {
  const session = (await searchParams).session_id
  if (typeof session !== 'string') notFound()
  const address = returnAddress((await params).slug, session)
  return (
    <Notice
      title="We are checking your payment"
      action={
        <>
          <WaitForOutcome address={address} />
          <noscript>
            <a className="underline" href={address}>
              Look again
            </a>
          </noscript>
        </>
      }
    >
      The payment provider has not answered yet. Your payment is safe; there is no need to pay again.
    </Notice>
  )
}

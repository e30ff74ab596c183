import type { Metadata, Route } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { CheckoutPage } from '@/components/checkout/checkout-page'
import { ClosedPage } from '@/components/checkout/closed'
import { purchaseOf } from '@/components/checkout/due'
import { FinePrint } from '@/components/checkout/fine-print'
import { env } from '@/lib/env'
import { findPublicLink } from '@/lib/links/public'
import { changeItem, chooseAmount } from './basket-actions'
import { EarlySession } from './early-session'
import { linkMetadata } from './link-metadata'
import { PayPanel } from './pay-panel'
import { type Query, queryOf } from './query'

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Query> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await findPublicLink((await params).slug)
  return found?.kind === 'link' ? linkMetadata(found.link, env().baseUrl, await getLocale()) : {}
}

/** The checkout of one link. Its HTML depends on the link alone: what is personal comes with the session. */
export default async function Page({ params, searchParams }: Props) {
  const found = await findPublicLink((await params).slug)
  if (!found) notFound()
  if (found.kind === 'moved') permanentRedirect(`/${found.slug}${queryOf(await searchParams)}` as Route)
  const { link } = found
  if (link.state !== 'open') return <ClosedPage link={link} />
  const { publishableKey, jsUrl } = env().stripe
  return (
    <>
      <EarlySession jsUrl={jsUrl} />
      <CheckoutPage link={link} actions={{ changeItem, chooseAmount }}>
        <PayPanel
          slug={link.slug}
          version={link.version}
          publishableKey={publishableKey}
          jsUrl={jsUrl}
          merchant={link.merchant.name}
          purchase={purchaseOf(link)}
          asked={link.asked}
        >
          <FinePrint
            saving={link.saving}
            merchant={link.merchant}
            sandbox={jsUrl !== null}
            termsAsked={link.asked.terms !== null}
          />
        </PayPanel>
      </CheckoutPage>
    </>
  )
}

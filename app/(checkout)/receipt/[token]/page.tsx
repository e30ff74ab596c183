import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { MerchantFrame } from '@/components/checkout/merchant-frame'
import { ReceiptCard } from '@/components/receipt/receipt-card'
import { readBuyerHash } from '@/lib/http/buyer'
import { findReceipt } from '@/lib/orders/receipt'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('receipt')
  return { title: t('page'), robots: { index: false, follow: false } }
}

/** What became of a payment. Reads only; who paid is told only to the browser that did. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const receipt = await findReceipt(token, await readBuyerHash())
  if (!receipt) notFound()
  return (
    <MerchantFrame merchant={receipt.merchant} branding={receipt.branding} livemode={receipt.livemode}>
      <ReceiptCard receipt={receipt} />
    </MerchantFrame>
  )
}

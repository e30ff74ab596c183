import type { ReactNode } from 'react'
import type { Merchant } from '@/lib/accounts/merchant'
import { TestModeBar } from '../test-mode-bar'
import { accentStyle } from './accent-style'

/** A page in the merchant's colour, with the bar that tells test from real. */
export function MerchantFrame({
  merchant,
  livemode,
  children,
}: {
  merchant: Merchant
  livemode: boolean
  children: ReactNode
}) {
  return (
    <div className="accent flex min-h-dvh flex-col bg-ground" style={accentStyle(merchant.accentColor)}>
      {!livemode && <TestModeBar />}
      {children}
    </div>
  )
}

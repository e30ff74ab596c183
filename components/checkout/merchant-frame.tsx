import type { ReactNode } from 'react'
import type { BrandingSettings } from '@/db/types'
import type { Merchant } from '@/lib/accounts/merchant'
import { TestModeBar } from '../test-mode-bar'
import { brandStyle } from './brand-style'

type Props = {
  merchant: Merchant
  /** The link's own, over the merchant's. */
  branding: BrandingSettings | null
  livemode: boolean
  children: ReactNode
}

/** A page in the merchant's colours, with the bar that tells test from real. */
export function MerchantFrame({ merchant, branding, livemode, children }: Props) {
  const { style, rules } = brandStyle(merchant, branding)
  return (
    <div className="accent flex min-h-dvh flex-col bg-ground" style={style}>
      {rules && <style>{rules}</style>}
      {!livemode && <TestModeBar />}
      {children}
    </div>
  )
}

import type { CSSProperties } from 'react'
import type { BrandingSettings } from '@/db/types'
import type { Merchant } from '@/lib/accounts/merchant'
import { accentStyle } from './accent-style'
import { surfaceRules } from './surface'

/** Half the height of a button: its ends become round. */
const radii = { rounded: undefined, rectangular: '0px', pill: '24px' }

/** What a link's branding makes of a page, over the merchant's own colour: custom properties and rules. */
export function brandStyle(
  { accentColor }: Pick<Merchant, 'accentColor'>,
  branding: BrandingSettings | null,
): { style: CSSProperties; rules: string } {
  const accent = branding?.button_color ?? accentColor
  const radius = branding?.border_style ? radii[branding.border_style] : undefined
  return {
    style: { ...accentStyle(accent), ...(radius && { '--r': radius }) },
    rules: surfaceRules(branding?.background_color ?? null, accent),
  }
}

import type { LinkConfig } from '@/db/types'
import { findPromotionCode } from '@/lib/catalog/discounts'

/**
 * The promotion codes a page tries by itself when its session opens: the one in the link's address, then the
 * link's own. Stripe takes a discount of ours or the box for codes; with the box, ours comes this way.
 */
export async function openingCodes(config: LinkConfig, prefilled: string | null): Promise<string[]> {
  if (!config.allow_promotion_codes) return []
  const [ours] = config.discounts
  const own = ours && 'promotion_code' in ours ? await findPromotionCode(ours.promotion_code) : undefined
  return [prefilled, own?.code].filter((code) => code !== null && code !== undefined)
}

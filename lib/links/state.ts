import type { CurrentLink } from './current'

export type LinkState = 'open' | 'inactive' | 'not_yet' | 'ended' | 'sold_out'

/**
 * Whether a link can be bought from at `now` (milliseconds). `active` and `completed_sessions` as at Stripe
 * (Payment Links, restrictions); the sale's start, its end and stock go beyond. Places that are only held do
 * not make a link sold out: they may become free again, and their own buyer must still get in.
 */
export function linkState(
  link: Pick<CurrentLink, 'active' | 'completedSessions' | 'config' | 'soldUnits'>,
  now = Date.now(),
): LinkState {
  const { restrictions } = link.config
  if (!link.active) return 'inactive'
  if (restrictions?.starts_at !== undefined && now < restrictions.starts_at * 1000) return 'not_yet'
  if (restrictions?.ends_at !== undefined && now >= restrictions.ends_at * 1000) return 'ended'
  const limit = restrictions?.completed_sessions?.limit
  if (limit !== undefined && link.completedSessions >= limit) return 'sold_out'
  return isOutOfStock(link) ? 'sold_out' : 'open'
}

/** Out of stock is a link of which not even the smallest order can be had. */
function isOutOfStock({ config, soldUnits }: Pick<CurrentLink, 'config' | 'soldUnits'>): boolean {
  const inventory = config.restrictions?.inventory ?? {}
  return config.line_items.some(({ price, quantity, adjustable_quantity: { enabled, minimum } }) => {
    const stock = inventory[price]
    return stock !== undefined && stock - (soldUnits[price] ?? 0) < (enabled ? minimum : quantity)
  })
}

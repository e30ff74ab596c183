export type RefundState = 'none' | 'partial' | 'full'

type Amounts = { amountTotal: number; amountRenewed: number; amountRefunded: number }

/** How much of what was paid has been given back. */
export function refundState({ amountTotal, amountRenewed, amountRefunded }: Amounts): RefundState {
  if (amountRefunded === 0) return 'none'
  return amountRefunded < amountTotal + amountRenewed ? 'partial' : 'full'
}

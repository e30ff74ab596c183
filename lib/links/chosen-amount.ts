import type { CustomUnitAmount } from '@/db/types'
import { amountStep, largestChosenAmount, minimumCharge } from '@/lib/money'

/** Between which amounts a buyer may choose, and what is suggested; minor units. */
export type ChosenBounds = { minimum: number; maximum: number; suggested: number }

/**
 * The bounds of an amount the buyer chooses: the price's own, never below Stripe's smallest charge, and where it
 * names no maximum, Stripe's (Stripe Payment Links, "let customers decide what to pay").
 */
export function chosenBounds(custom: CustomUnitAmount, currency: string): ChosenBounds {
  const minimum = Math.max(custom.minimum ?? 0, minimumCharge(currency))
  const maximum = Math.max(custom.maximum ?? largestChosenAmount(currency), minimum)
  const wanted = custom.preset ?? minimum
  return { minimum, maximum, suggested: Math.min(Math.max(wanted, minimum), maximum) }
}

/** Why an amount cannot be chosen, or null. */
export function chosenProblem(
  amount: number,
  { minimum, maximum }: Pick<ChosenBounds, 'minimum' | 'maximum'>,
  currency: string,
): 'below' | 'above' | 'step' | null {
  if (amount < minimum) return 'below'
  if (amount > maximum) return 'above'
  return amount % amountStep(currency) === 0 ? null : 'step'
}

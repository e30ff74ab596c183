import type { LinkConfig } from '@/db/types'

/** What a buyer agrees to: `box`, if they tick it; else by paying, for when they are there or while they are away. */
export type Saving = 'box' | 'on_session' | 'off_session'

/** What a link says of keeping a way to pay. That of a subscription is kept by its nature. */
export function savingOf(
  { saved_payment_method_options: options, payment_intent_data: data }: LinkConfig,
  mode: 'payment' | 'subscription',
): Saving[] {
  const usage = mode === 'payment' ? data.setup_future_usage : null
  return [...(options.payment_method_save === 'enabled' ? (['box'] as const) : []), ...(usage ? [usage] : [])]
}

import type { Records } from '../state/records'
import type { World } from '../world'

type Method = Records['payment_method']

/** Whether buyers' browsers have a wallet; tests turn it off. */
export function setWallets(world: World, enabled: boolean): { enabled: boolean } {
  world.store.put('setting', { id: 'wallets', value: enabled })
  return { enabled }
}

/** The wallets a buyer's browser has: "Sandbox Pay" stands where Google Pay would. */
export function walletsOf(world: World): string[] {
  return world.store.get('setting', 'wallets')?.value === false ? [] : ['google_pay']
}

/** Says on a card which wallet it came out of, as Stripe does (`card.wallet`). */
export function markWallet(world: World, method: Method, type: 'google_pay'): Method {
  if (!method.card) return method
  const wallet = { type, dynamic_last4: method.card.last4, google_pay: {} }
  return world.store.patch('payment_method', method.id, { card: { ...method.card, wallet } })
}

import type { ChaosInput, ChaosResult } from '../support/chaos'
import { playMoney } from '../support/money-model'
import { onStage } from './stage'

/** Random stories of refunds and disputes, told in any order: our net is what Stripe's ledger says. */
export async function run({ seed, scale }: ChaosInput): Promise<ChaosResult> {
  return onStage((stack) => playMoney(stack, { seed, count: scale === 'full' ? 300 : 30 }))
}

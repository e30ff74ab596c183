import { changedFrom, emit } from '../events'
import type { Records } from '../state/records'
import type { World } from '../world'
import { dropTasks } from './tasks'

type Coupon = Records['coupon']
type PromotionCode = Records['promotion_code']

/** Stops a promotion code: it ran out, expired, or its coupon ended. */
export function endPromotionCode(world: World, id: string): void {
  const before = world.store.get('promotion_code', id)
  if (!before?.active) return
  dropTasks(world, 'end_promotion_code', id)
  const after = world.store.patch('promotion_code', id, { active: false })
  emit(world, 'promotion_code.updated', after, changedFrom(before, after))
}

/** Stops a coupon and every promotion code that stands for it. */
export function endCoupon(world: World, id: string): void {
  dropTasks(world, 'end_coupon', id)
  const before = world.store.get('coupon', id)
  if (before?.valid) {
    const after = world.store.patch('coupon', id, { valid: false })
    emit(world, 'coupon.updated', after, changedFrom(before, after))
  }
  for (const code of world.store.list('promotion_code')) {
    if (code.promotion.coupon === id) endPromotionCode(world, code.id)
  }
}

/** Whether as many have redeemed it as may. */
export function isUsedUp({ max_redemptions: most, times_redeemed: times }: Coupon | PromotionCode): boolean {
  return most !== null && times >= most
}

/** Counts one redemption, and ends what has none left. */
export function redeem(world: World, couponId: string, codeId: string | null): void {
  const coupon = world.store.get('coupon', couponId)
  if (coupon) {
    const counted = world.store.patch('coupon', couponId, { times_redeemed: coupon.times_redeemed + 1 })
    if (isUsedUp(counted)) endCoupon(world, couponId)
  }
  const code = codeId === null ? undefined : world.store.get('promotion_code', codeId)
  if (!code) return
  const counted = world.store.patch('promotion_code', code.id, { times_redeemed: code.times_redeemed + 1 })
  if (isUsedUp(counted)) endPromotionCode(world, code.id)
}

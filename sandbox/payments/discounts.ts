import { invalidRequest, noSuch } from '../http/errors'
import { newId } from '../ids'
import type { Records, SessionDiscount } from '../state/records'
import type { World } from '../world'
import { fixedAmount, isEligible } from './coupon-amount'
import { formatAmount } from './currencies'
import { redeem } from './promotions'

type Session = Records['session']
type PromotionCode = Records['promotion_code']
type Coupon = Records['coupon']
type LineItem = NonNullable<Session['line_items']>['data'][number]

/** Stripe's refusal of a code or coupon; Stripe.js turns the code into its own (`invalidCode` and others). */
function refuse(code: string, message: string, param: string): never {
  throw invalidRequest(message, { code, param })
}

function hasPaidBefore(world: World, customer: string): boolean {
  const isTheirs = (each: { customer: unknown; status: unknown }, status: string) =>
    each.customer === customer && each.status === status
  return (
    world.store.list('payment_intent').some((intent) => isTheirs(intent, 'succeeded')) ||
    world.store.list('invoice').some((invoice) => isTheirs(invoice, 'paid'))
  )
}

function makesCustomer(session: Session): boolean {
  return (
    session.customer !== null || session.mode === 'subscription' || session.customer_creation === 'always'
  )
}

function checkCode(world: World, session: Session, code: PromotionCode, param: string): void {
  const invalid = (why: string) =>
    refuse('promotion_code_invalid', `The promotion code \`${code.code}\` ${why}.`, param)
  if (!code.active) invalid('is no longer valid')
  if (code.customer !== null && code.customer !== session.customer) invalid('belongs to another customer')
  if (!code.restrictions.first_time_transaction) return
  if (!makesCustomer(session))
    invalid('is for first purchases, and this Checkout Session creates no customer')
  if (session.customer !== null && hasPaidBefore(world, session.customer as string)) {
    invalid('is for first purchases only')
  }
}

/** What must hold of a discount whenever the session's lines or currency change. */
export function checkDiscount(
  world: World,
  { object, coupon }: SessionDiscount,
  lines: readonly LineItem[],
  currency: string,
  param = 'discounts',
): void {
  if (coupon.percent_off === null && fixedAmount(coupon, currency) === undefined) {
    refuse('promotion_code_invalid', `The coupon takes no amount off in ${currency}.`, param)
  }
  if (!lines.some((line) => isEligible(coupon, line))) {
    refuse('coupon_applies_to_nothing', 'The coupon applies to nothing in this Checkout Session.', param)
  }
  const code = object.promotion_code
    ? world.store.get('promotion_code', String(object.promotion_code))
    : undefined
  const { minimum_amount: least, minimum_amount_currency: unit, currency_options } = code?.restrictions ?? {}
  if (!least) return
  const minimum = unit === currency ? least : currency_options?.[currency]?.minimum_amount
  if (minimum === undefined) {
    refuse('promotion_code_invalid', `The promotion code cannot be used in ${currency}.`, param)
  }
  const subtotal = lines.reduce((sum, line) => sum + line.amount_subtotal, 0)
  if (subtotal < minimum) {
    const message = `This promotion code needs an order of at least ${formatAmount(minimum, currency)}.`
    refuse('promotion_code_amount_insufficient', message, param)
  }
}

function discountOf(
  world: World,
  session: string,
  coupon: Coupon,
  code: PromotionCode | null,
): SessionDiscount {
  return {
    coupon,
    object: {
      id: newId('di_'),
      object: 'discount',
      checkout_session: session,
      customer: null,
      customer_account: null,
      end: null,
      invoice: null,
      invoice_item: null,
      promotion_code: code?.id ?? null,
      source: { type: 'coupon', coupon: coupon.id },
      start: world.clock.seconds(),
      subscription: null,
      subscription_item: null,
    },
  }
}

function fromCode(world: World, session: Session, code: PromotionCode, param: string): SessionDiscount {
  checkCode(world, session, code, param)
  return discountOf(world, session.id, world.store.need('coupon', String(code.promotion.coupon)), code)
}

/** The discount of a new session's `discounts`, by coupon or by promotion code. Throws Stripe's 400. */
export function givenDiscount(
  world: World,
  session: Session,
  given: { coupon?: string | undefined; promotion_code?: string | undefined },
): SessionDiscount {
  if ((given.coupon === undefined) === (given.promotion_code === undefined)) {
    throw invalidRequest('You must specify one of `coupon` or `promotion_code`.', { param: 'discounts[0]' })
  }
  if (given.promotion_code !== undefined) {
    const param = 'discounts[0][promotion_code]'
    const code = world.store.get('promotion_code', given.promotion_code)
    if (!code) throw noSuch('promotion code', given.promotion_code, param, 400)
    return fromCode(world, session, code, param)
  }
  const param = 'discounts[0][coupon]'
  const coupon = world.store.get('coupon', given.coupon ?? '')
  if (!coupon) throw noSuch('coupon', given.coupon ?? '', param, 400)
  if (!coupon.valid) throw invalidRequest(`Coupon ${coupon.id} is expired and cannot be applied.`, { param })
  return discountOf(world, session.id, coupon, null)
}

/** The discount a buyer's code stands for, however it is capitalised. Throws with what Stripe.js makes of it. */
export function typedDiscount(world: World, session: Session, typed: string): SessionDiscount {
  const param = 'promotion_code'
  if (session.allow_promotion_codes !== true) {
    refuse('promotion_code_invalid', 'This Checkout Session takes no promotion codes.', param)
  }
  const wanted = typed.trim().toLowerCase()
  const found = world.store.list('promotion_code').filter((code) => code.code.toLowerCase() === wanted)
  const code =
    found.find((each) => each.active && each.customer !== null && each.customer === session.customer) ??
    found.find((each) => each.active) ??
    found[0]
  if (!code) refuse('promotion_code_invalid', 'This promotion code is invalid.', param)
  return fromCode(world, session, code, param)
}

/** Refuses a discount that ran out between its application and the payment. */
export function checkStillRedeemable(
  world: World,
  session: Session,
  { object, coupon }: SessionDiscount,
): void {
  const code = object.promotion_code
    ? world.store.need('promotion_code', String(object.promotion_code))
    : undefined
  if (code) checkCode(world, session, code, 'promotion_code')
  else if (!world.store.get('coupon', coupon.id)?.valid) {
    refuse('coupon_expired', `Coupon ${coupon.id} is expired and cannot be applied.`, 'discounts')
  }
}

/** Counts the redemption of a session that completed. */
export function redeemDiscount(world: World, { object, coupon }: SessionDiscount): void {
  redeem(world, coupon.id, object.promotion_code as string | null)
}

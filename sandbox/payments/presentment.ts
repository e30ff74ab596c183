import { invalidRequest } from '../http/errors'
import type { Records, SessionState } from '../state/records'
import type { World } from '../world'
import { fixedAmount } from './coupon-amount'
import { convert, exchangeRate, localCurrency } from './exchange'
import { priceIn } from './price-in'
import { methodTypesFor, type Session, setLineItems, termsOf } from './session'
import { shippingPrice } from './shipping'
import { reckonLines, sessionTotals, type Terms } from './totals'

type LineItem = SessionState['line_items'][number]
type Price = Records['price']
type ShippingRate = Records['shipping_rate']

/** A currency a session can be shown in; `rate` where Stripe converts, from the session's own. */
type Choice = { currency: string; rate: number | null }

function ratesOf(world: World, session: Session): ShippingRate[] {
  return session.shipping_options.map(({ shipping_rate: rate }) =>
    world.store.need('shipping_rate', String(rate)),
  )
}

function manualChoices(world: World, session: Session, state: SessionState): string[] {
  const prices = state.line_items.flatMap((line) => line.price ?? [])
  const [first] = prices
  if (!first) return []
  const rates = ratesOf(world, session)
  const coupon = state.discount?.coupon
  return [first.currency, ...Object.keys(first.currency_options ?? {})].filter(
    (currency) =>
      prices.every((price) => priceIn(price, currency)) &&
      rates.every((rate) => shippingPrice(rate, currency)) &&
      (!coupon || coupon.percent_off !== null || fixedAmount(coupon, currency) !== undefined),
  )
}

/** Every currency a buyer may choose, the session's own first (Stripe, "Manual currency prices", "Adaptive Pricing"). */
function choicesFor(world: World, session: Session, state: SessionState): Choice[] {
  const own = session.currency ?? 'usd'
  const others = manualChoices(world, session, state).filter((currency) => currency !== own)
  if (others.length > 0) return [own, ...others].map((currency) => ({ currency, rate: null }))
  const local = localCurrency(session.customer_details?.email ?? session.customer_email)
  const isOffered = session.adaptive_pricing?.enabled && state.converts && session.mode === 'payment'
  const rate = isOffered && local && local !== own ? exchangeRate(own, local) : null
  return rate && local
    ? [
        { currency: own, rate: null },
        { currency: local, rate },
      ]
    : []
}

function priceAs(price: Price, { currency, rate }: Choice): Price {
  const own = priceIn(price, currency)
  const exact =
    own?.decimal ?? String(convert(Number(price.unit_amount_decimal), price.currency, currency, rate ?? 1))
  const tax_behavior = own ? (own.isInclusive ? 'inclusive' : 'exclusive') : price.tax_behavior
  const unit_amount = exact.includes('.') ? null : Number(exact)
  return { ...price, currency, tax_behavior, unit_amount, unit_amount_decimal: exact }
}

function rateAs(given: ShippingRate, { currency, rate }: Choice): ShippingRate {
  const own = shippingPrice(given, currency)
  const { amount, currency: from } = given.fixed_amount ?? { amount: 0, currency }
  const tax_behavior = own ? (own.isInclusive ? 'inclusive' : 'exclusive') : given.tax_behavior
  return {
    ...given,
    tax_behavior,
    fixed_amount: { amount: own?.amount ?? convert(amount, from, currency, rate ?? 1), currency },
  }
}

function discountAs(given: Terms['discount'], { currency, rate }: Choice): Terms['discount'] {
  const { coupon } = given ?? {}
  if (!given || !coupon || coupon.amount_off === null) return given
  const off =
    fixedAmount(coupon, currency) ??
    convert(coupon.amount_off, coupon.currency ?? currency, currency, rate ?? 1)
  return { ...given, coupon: { ...coupon, amount_off: off, currency } }
}

/** A session with its lines as a buyer sees it in one currency. */
export type Presented = { session: Session; lines: LineItem[] }

function presentedIn(world: World, session: Session, state: SessionState, choice: Choice): Presented {
  const terms = termsOf(world, session, state)
  const lines = reckonLines(
    state.line_items.map((line) => ({
      ...line,
      currency: choice.currency,
      price: line.price && priceAs(line.price, choice),
    })),
    { ...terms, currency: choice.currency, discount: discountAs(terms.discount, choice) },
  )
  const totals = sessionTotals(lines, {
    ...terms,
    currency: choice.currency,
    shipping: terms.shipping && rateAs(terms.shipping, choice),
  })
  const shipping_options = ratesOf(world, session).map((rate) => ({
    shipping_amount: rateAs(rate, choice).fixed_amount?.amount ?? 0,
    shipping_rate: rate.id,
  }))
  return { lines, session: { ...session, ...totals, currency: choice.currency, shipping_options } }
}

function chosenOf(state: SessionState, choices: readonly Choice[]): Choice | undefined {
  const wanted = state.presented ?? choices.find(({ rate }) => rate !== null)?.currency
  return choices.find(({ currency }) => currency === wanted) ?? choices[0]
}

/** The session as the buyer sees it: in the currency they chose, or the one Adaptive Pricing chose for them. */
export function presentedSession(world: World, session: Session): Presented {
  const state = world.store.need('session_state', session.id)
  const chosen = chosenOf(state, choicesFor(world, session, state))
  return chosen ? presentedIn(world, session, state, chosen) : { session, lines: state.line_items }
}

/** One currency to choose, with the session's total in it, in minor units. */
export type CurrencyOption = {
  currency: string
  amount: number
  fx_rate: number | null
  source_currency: string
}

/** What the currency selector offers; null where there is nothing to choose. */
export function currencyOptionsOf(world: World, session: Session): CurrencyOption[] | null {
  const state = world.store.need('session_state', session.id)
  const choices = session.status === 'open' ? choicesFor(world, session, state) : []
  if (choices.length < 2) return null
  return choices.map((choice) => ({
    currency: choice.currency,
    amount: presentedIn(world, session, state, choice).session.amount_total ?? 0,
    fx_rate: choice.rate,
    source_currency: session.currency ?? 'usd',
  }))
}

/**
 * Shows a session in another currency. Where its prices have amounts in it the session itself changes; with Adaptive
 * Pricing it keeps its own, and `presentment_details` says what the buyer saw.
 */
export function chooseCurrency(world: World, id: string, currency: string): void {
  const session = world.store.need('session', id)
  const state = world.store.need('session_state', id)
  const choices = choicesFor(world, session, state)
  const choice = choices.find((each) => each.currency === currency)
  if (!choice) {
    throw invalidRequest(`This Checkout Session cannot be paid in ${currency}.`, { param: 'currency' })
  }
  if (choices.some(({ rate }) => rate !== null)) {
    world.store.put('session_state', { ...state, presented: currency })
    return
  }
  const payment_method_types = methodTypesFor(currency, {
    allowed: session.allowed_payment_method_types ?? undefined,
    excluded: state.excluded,
  })
  const { shipping_options } = presentedIn(world, session, state, choice).session
  world.store.patch('session', id, { currency, payment_method_types, shipping_options })
  setLineItems(
    world,
    id,
    state.line_items.map((line) => ({ ...line, currency })),
  )
}

/** `presentment_details` of what is paid now; nothing where the buyer pays in the session's own currency. */
export function presentmentOf(world: World, session: Session): Pick<Session, 'presentment_details'> {
  const { session: seen } = presentedSession(world, session)
  if (seen.currency === session.currency) return {}
  return {
    presentment_details: {
      presentment_amount: seen.amount_total ?? 0,
      presentment_currency: seen.currency ?? 'usd',
    },
  }
}

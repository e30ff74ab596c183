import type {
  StripeCheckoutConfirmResult,
  StripeCheckoutLoadActionsSuccess,
  StripeCheckoutValidateElementsResult,
} from '@stripe/stripe-js'
import type { PageState } from '../../browser-api'
import { ApiError, IntegrationError } from '../api-client'
import type { BillingDetails } from '../protocol'
import type { WalletPayment } from '../wallet-protocol'
import type { CheckoutStore } from './checkout-store'
import type { ContactSync } from './contact-sync'
import type { HostElement } from './element'
import { needsMethod } from './element-state'
import { leaveFor } from './leave'
import { authenticate } from './next-action'
import { billingContact, sessionEmail } from './session-view'
import type { TotalGuard } from './total-guard'
import type { Wallet } from './wallet-sheet'

type ConfirmArguments = NonNullable<Parameters<StripeCheckoutLoadActionsSuccess['confirm']>[0]>
type NextAction = { type: 'authenticate' | 'redirect'; url: string }
type Confirmed = PageState & { next_action: NextAction | null }
type ValidationErrors = Extract<
  StripeCheckoutValidateElementsResult,
  { type: 'error' }
>['error']['validation_errors']
type Failure = Extract<StripeCheckoutConfirmResult, { type: 'error' }>

export type ConfirmContext = {
  origin: string
  store: CheckoutStore
  guard: TotalGuard
  syncs: ContactSync[]
  wallet: Wallet
  elements: () => HostElement[]
}

const failure = (message: string): Failure => ({ type: 'error', error: { message, code: null } })
const paymentFailure = (message: string, declineCode: string | null): Failure => ({
  type: 'error',
  error: { message, code: 'paymentFailed', paymentFailed: { declineCode } },
})

function nameOf(element: HostElement): ValidationErrors[number]['element'] {
  const { kind } = element
  if (kind === 'payment' || kind === 'contactDetails' || kind === 'taxId') return kind
  return element.mode === 'shipping' ? 'shippingAddress' : 'billingAddress'
}

/** Asks every mounted element whether it is filled in well; each shows what is wrong beside the field. */
export async function validateElements({
  store,
  elements,
}: Pick<ConfirmContext, 'store' | 'elements'>): Promise<StripeCheckoutValidateElementsResult> {
  const mounted = elements().filter((element) => element.isMounted())
  if (mounted.length === 0) {
    const message = 'There are no mounted Elements to validate.'
    return { type: 'error', error: { code: 'no_elements', message, validation_errors: [] } }
  }
  const results = await Promise.all(
    mounted.map(async (element) => ({ element, ...(await element.call('validate', { focus: false })) })),
  )
  const wrong = results.flatMap(({ element, message }) => (message === null ? [] : [{ element, message }]))
  const errors = wrong.map(({ element, message }) => ({ element: nameOf(element), message }))
  await wrong[0]?.element.takeFocusAtProblem()
  const [first] = errors
  if (!first) return { type: 'success', session: store.session() }
  return {
    type: 'error',
    error: { code: 'validation_error', message: first.message, validation_errors: errors },
  }
}

function billingDetails(state: PageState, args: ConfirmArguments): BillingDetails {
  const contact = args.billingAddress ?? billingContact(state)
  return {
    name: contact?.name ?? null,
    email: args.email ?? sessionEmail(state),
    phone: args.phoneNumber ?? null,
    address: contact?.address ?? null,
  }
}

async function collectPaymentMethod(
  context: ConfirmContext,
  args: ConfirmArguments,
  agreed: WalletPayment | null,
): Promise<{ id: string | undefined; save: boolean } | Failure> {
  if (agreed) return { id: agreed.paymentMethod, save: false }
  if (args.paymentMethod) return { id: args.paymentMethod, save: false }
  if (!needsMethod(context.store.state())) return { id: undefined, save: false }
  const payment = context.elements().find((element) => element.kind === 'payment' && element.isMounted())
  if (!payment) throw new IntegrationError('Mount a Payment Element or pass `paymentMethod` to `confirm`.')
  const collected = await payment.call('collect', billingDetails(context.store.state(), args))
  if (collected.type === 'missing') {
    throw new IntegrationError(
      `You specified "never" for fields.billingDetails.${collected.field} when creating the Payment Element, but the session has no value for it.`,
    )
  }
  if (collected.type === 'invalid') return failure(collected.message)
  return collected.type === 'nothing' ? { id: undefined, save: false } : collected
}

async function settle(
  context: ConfirmContext,
  state: PageState,
  args: ConfirmArguments,
): Promise<StripeCheckoutConfirmResult> {
  if (state.session.status !== 'complete') {
    const problem = state.last_payment_error
    return paymentFailure(
      problem?.message ?? 'Your payment was not completed.',
      problem?.decline_code ?? null,
    )
  }
  if (args.redirect === 'if_required') return { type: 'success', session: context.store.session() }
  const target = args.returnUrl ?? state.session.return_url ?? ''
  return leaveFor(target.replaceAll('{CHECKOUT_SESSION_ID}', state.session.id))
}

function lockElements({ elements }: ConfirmContext, locked: boolean) {
  for (const element of elements()) element.send({ type: 'lock', locked })
}

async function attempt(
  context: ConfirmContext,
  args: ConfirmArguments,
): Promise<StripeCheckoutConfirmResult> {
  const { store, origin } = context
  const event = args.expressCheckoutConfirmEvent
  const agreed = event ? context.wallet.paymentOf(event) : null
  if (!args.paymentMethod && !agreed) {
    const valid = await validateElements(context)
    if (valid.type === 'error' && valid.error.code === 'validation_error') return failure(valid.error.message)
  }
  lockElements(context, true)
  for (const sync of context.syncs) sync.flush()
  await store.idle()
  const method = await collectPaymentMethod(context, args, agreed)
  if ('error' in method) return method

  const confirmation = {
    payment_method: method.id,
    return_url: args.returnUrl,
    expected_amount: store.state().session.amount_total ?? undefined,
    email: args.email ?? agreed?.email,
    phone: args.phoneNumber ?? agreed?.phone ?? undefined,
    billing_address: args.billingAddress ?? agreed?.billing,
    shipping_address: args.shippingAddress ?? agreed?.shipping ?? undefined,
    save_payment_method: args.savePaymentMethod ?? method.save,
  }
  const state = await store.send<Confirmed>('confirm', confirmation).finally(context.wallet.close)
  if (!state.next_action) return settle(context, state, args)
  if (state.next_action.type === 'redirect') return leaveFor(new URL(state.next_action.url, origin).href)
  const decided = await authenticate(state.next_action.url, origin)
  store.adopt(decided)
  return settle(context, decided, args)
}

async function explain(context: ConfirmContext, error: unknown): Promise<Failure> {
  if (!(error instanceof ApiError)) throw error
  // The refusal may have changed the session: last_payment_error, another total, or an end.
  await context.store.send('retrieve', {}).catch(() => undefined)
  if (error.type !== 'card_error') return failure(error.message)
  for (const element of context.elements()) {
    element.send({ type: 'problem', code: error.declineCode ?? error.code ?? '', message: error.message })
  }
  return paymentFailure(error.message, error.declineCode)
}

/**
 * Confirms the session: checks the elements, makes the payment method, then follows where the payment leads.
 * With the default redirect it leaves the page on success and never resolves. Throws IntegrationError for
 * mistakes of the page; everything a buyer can mend is a result.
 */
export async function confirmCheckout(
  context: ConfirmContext,
  args: ConfirmArguments,
): Promise<StripeCheckoutConfirmResult> {
  context.guard.check()
  const { session, email_locked } = context.store.state()
  if (args.redirect !== 'if_required' && !args.returnUrl && !session.return_url) {
    throw new IntegrationError(
      'Pass `returnUrl` to `confirm`, or set `return_url` when creating the session.',
    )
  }
  if (args.email !== undefined && email_locked) {
    throw new IntegrationError('`email` cannot be passed: the session was created with `customer_email`.')
  }
  return attempt(context, args)
    .catch((error: unknown) => explain(context, error))
    .finally(() => lockElements(context, false))
}

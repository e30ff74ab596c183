import type { StripeCheckoutLoadActionsSuccess, StripeCheckoutSession } from '@stripe/stripe-js'
import { ApiError, IntegrationError } from '../api-client'
import { type ConfirmContext, confirmCheckout, validateElements } from './confirm'

type Done = { type: 'success'; session: StripeCheckoutSession }
type Refused<E> = { type: 'error'; error: E }

const plain = ({ message }: ApiError) => ({ message, code: null })

type PromotionError = Extract<
  Awaited<ReturnType<StripeCheckoutLoadActionsSuccess['applyPromotionCode']>>,
  { type: 'error' }
>['error']

function promotionError({ code, message }: ApiError): PromotionError {
  if (code === 'promotion_code_invalid') return { message, code: 'invalidCode' }
  if (code === 'promotion_code_amount_insufficient')
    return { message, code: 'promotionCodeAmountInsufficient' }
  return { message, code: null }
}

type TaxIdError = Extract<
  Awaited<ReturnType<StripeCheckoutLoadActionsSuccess['updateTaxIdInfo']>>,
  { type: 'error' }
>['error']

function taxIdError({ code, message }: ApiError): TaxIdError {
  return code === 'tax_id_invalid' ? { message, code: 'invalidTaxId' } : { message, code: null }
}

/** The actions of `loadActions()`: each talks to the sandbox and answers with the session or a typed refusal. */
export function checkoutActions(context: ConfirmContext): StripeCheckoutLoadActionsSuccess {
  const { store } = context
  let confirming: ReturnType<StripeCheckoutLoadActionsSuccess['confirm']> | null = null

  const change = async (body: Record<string, unknown>): Promise<Done> => {
    await store.enqueue(() => store.send('update', body))
    return { type: 'success', session: store.session() }
  }
  const changeOr = async <E>(
    body: Record<string, unknown>,
    refused: (error: ApiError) => E,
  ): Promise<Done | Refused<E>> => {
    try {
      return await change(body)
    } catch (error) {
      if (error instanceof ApiError) return { type: 'error', error: refused(error) }
      throw error
    }
  }
  const changeOrPlain = (body: Record<string, unknown>) => changeOr(body, plain)
  const noOptionalItems = async () => ({
    type: 'error' as const,
    error: { message: 'This session has no optional items.', code: null },
  })

  return {
    getSession: store.session,
    applyPromotionCode: (code) => changeOr({ promotion_code: code }, promotionError),
    removePromotionCode: () => changeOrPlain({ promotion_code: null }),
    updateShippingAddress: (contact) => changeOrPlain({ shipping_address: contact }),
    updateBillingAddress: (contact) => changeOrPlain({ billing_address: contact }),
    updatePhoneNumber: (phone) => change({ phone }),
    updateIndividualName: (name) => change({ individual_name: name }),
    updateBusinessName: (name) => change({ business_name: name }),
    updateEmail: async (email) => {
      if (store.state().email_locked) {
        throw new IntegrationError(
          '`updateEmail` cannot be called: the session was created with `customer_email`.',
        )
      }
      if (email !== null && !email.includes('@')) {
        return {
          type: 'error',
          error: { message: 'Your email address is incomplete.', code: 'incompleteEmail' },
        }
      }
      return changeOr({ email }, ({ message }) => ({ message, code: 'invalidEmail' as const }))
    },
    updateLineItemQuantity: ({ lineItem, quantity }) =>
      changeOrPlain({ line_item: { id: lineItem, quantity } }),
    updateTaxIdInfo: (info) => changeOr({ tax_id_info: info }, taxIdError),
    updateShippingOption: (id) => changeOrPlain({ shipping_option: id }),
    addOptionalLineItem: noOptionalItems,
    removeOptionalLineItem: noOptionalItems,
    validateElements: () => validateElements(context),
    runServerUpdate: async (userFunction) => {
      try {
        await store.enqueue(async () => {
          await userFunction()
          await store.send('retrieve', {})
        })
        return { type: 'success', session: store.session() }
      } catch (error) {
        if (error instanceof ApiError) return { type: 'error', error: plain(error) }
        throw error
      }
    },
    // A second press while the first is under way must not pay twice: it gets the first one's result.
    confirm: (args) => {
      confirming ??= confirmCheckout(context, args ?? {}).finally(() => {
        confirming = null
      })
      return confirming
    },
  }
}

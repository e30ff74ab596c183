import type Stripe from 'stripe'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { choice, objectOf, paramsOf, text } from '../http/params'
import { createdFilter, isCreatedWithin, pagination, retrieveParams } from './fields'
import { operation } from './operation'

const listParams = paramsOf<
  Pick<
    Stripe.InvoiceListParams,
    'limit' | 'starting_after' | 'ending_before' | 'expand' | 'customer' | 'created' | 'subscription'
  >
>()({
  ...pagination,
  created: createdFilter,
  customer: text().optional(),
  subscription: text().optional(),
})

const paymentParams = paramsOf<
  Pick<
    Stripe.InvoicePaymentListParams,
    'limit' | 'starting_after' | 'ending_before' | 'expand' | 'invoice' | 'payment'
  >
>()({
  ...pagination,
  invoice: text().optional(),
  payment: objectOf<Stripe.InvoicePaymentListParams.Payment>()({
    type: choice<Stripe.InvoicePaymentListParams.Payment['type']>()('payment_intent', 'payment_record'),
    payment_intent: text().optional(),
    payment_record: text().optional(),
  }).optional(),
})

/** Invoices of subscriptions; the sandbox makes them itself. */
export const invoiceOperations = [
  operation({
    name: 'invoices.list',
    method: 'GET',
    path: '/v1/invoices',
    params: listParams,
    run(world, params) {
      const items = world.store.list('invoice').filter((invoice) => {
        const subscription = invoice.parent?.subscription_details?.subscription
        if (params.customer !== undefined && invoice.customer !== params.customer) return false
        if (params.subscription !== undefined && subscription !== params.subscription) return false
        return isCreatedWithin(invoice.created, params.created)
      })
      return pageOf(items, params, '/v1/invoices', 'invoice')
    },
  }),
  operation({
    name: 'invoices.retrieve',
    method: 'GET',
    path: '/v1/invoices/:id',
    params: retrieveParams,
    run(world, _, id) {
      const invoice = world.store.get('invoice', id)
      if (!invoice) throw noSuch('invoice', id)
      return invoice
    },
  }),
  operation({
    name: 'invoicePayments.list',
    method: 'GET',
    path: '/v1/invoice_payments',
    params: paymentParams,
    run(world, params) {
      const items = world.store.list('invoice_payment').filter((each) => {
        if (params.invoice !== undefined && each.invoice !== params.invoice) return false
        const wanted = params.payment?.payment_intent
        return wanted === undefined || each.payment.payment_intent === wanted
      })
      return pageOf(items, params, '/v1/invoice_payments', 'invoice_payment')
    },
  }),
]

import { emit } from '../events'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { minimumCharge } from '../payments/currencies'
import { captureIntent, createIntent, type Intent } from '../payments/intent'
import { findPaymentMethod } from '../payments/payment-method'
import { methodTypesFor } from '../payments/session'
import { confirmPayment } from '../payments/standalone'
import type { World } from '../world'
import { findCustomer } from './customers'
import { isCreatedWithin, mergeMetadata, retrieveParams, unset } from './fields'
import { operation } from './operation'

import {
  cancelParams,
  captureParams,
  confirmParams,
  createParams,
  listParams,
  updateParams,
} from './payment-intent-params'

export function findIntent(world: World, id: string, param = 'intent', status = 404): Intent {
  const intent = world.store.get('payment_intent', id)
  if (!intent) throw noSuch('payment_intent', id, param, status)
  return intent
}

const unexpected = (message: string) => invalidRequest(message, { code: 'payment_intent_unexpected_state' })

function refuseOfSession(world: World, id: string, verb: string): void {
  if (world.store.need('payment_intent_state', id).session === null) return
  throw unexpected(
    `You cannot ${verb} this PaymentIntent because it was created by a Checkout Session. To cancel, expire the Checkout Session instead.`,
  )
}

export const paymentIntentOperations = [
  operation({
    name: 'payment_intents.create',
    method: 'POST',
    path: '/v1/payment_intents',
    params: createParams,
    check({ confirm, off_session, return_url }) {
      const late = off_session ? 'off_session' : return_url === undefined ? null : 'return_url'
      if (confirm || late === null) return
      throw invalidRequest(`\`${late}\` can only be used with \`confirm\` set to true.`, { param: late })
    },
    run(world, params) {
      const minimum = minimumCharge(params.currency)
      if (params.amount < minimum) {
        const message = `Amount must be at least ${minimum} ${params.currency} in minor units`
        throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' })
      }
      if (params.customer !== undefined) findCustomer(world, params.customer, 'customer', 400)
      const method =
        params.payment_method === undefined ? null : findPaymentMethod(world, params.payment_method)
      const { capture_method, setup_future_usage } = params
      const intent = createIntent(
        world,
        {
          amount: params.amount,
          currency: params.currency,
          payment_method_types: methodTypesFor(params.currency, {}),
          customer: params.customer ?? null,
          description: params.description ?? null,
          metadata: mergeMetadata({}, params.metadata),
          receipt_email: params.receipt_email ?? null,
          statement_descriptor: params.statement_descriptor ?? null,
          statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
          ...(capture_method ? { capture_method } : {}),
          ...(setup_future_usage ? { setup_future_usage } : {}),
        },
        null,
      )
      if (params.confirm) return confirmPayment(world, intent.id, { ...params, payment_method: method?.id })
      if (!method) return intent
      return world.store.patch('payment_intent', intent.id, {
        payment_method: method.id,
        status: 'requires_confirmation',
      })
    },
  }),
  operation({
    name: 'payment_intents.list',
    method: 'GET',
    path: '/v1/payment_intents',
    params: listParams,
    run(world, params) {
      const items = world.store.list('payment_intent').filter((intent) => {
        if (params.customer !== undefined && intent.customer !== params.customer) return false
        return isCreatedWithin(intent.created, params.created)
      })
      return pageOf(items, params, '/v1/payment_intents', 'payment_intent')
    },
  }),
  operation({
    name: 'payment_intents.retrieve',
    method: 'GET',
    path: '/v1/payment_intents/:id',
    params: retrieveParams,
    run: (world, _, id) => findIntent(world, id),
  }),
  operation({
    name: 'payment_intents.update',
    method: 'POST',
    path: '/v1/payment_intents/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findIntent(world, id)
      if (params.amount !== undefined) refuseOfSession(world, id, 'change the amount of')
      const { amount, customer, description } = params
      return world.store.patch('payment_intent', id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(amount === undefined ? {} : { amount }),
        ...(customer === undefined ? {} : { customer: findCustomer(world, customer, 'customer', 400).id }),
        ...(description === undefined ? {} : { description }),
        ...(params.receipt_email === undefined ? {} : { receipt_email: unset(params.receipt_email) }),
        ...(params.setup_future_usage === undefined
          ? {}
          : { setup_future_usage: unset(params.setup_future_usage) }),
      })
    },
  }),
  operation({
    name: 'payment_intents.confirm',
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    params: confirmParams,
    run(world, params, id) {
      findIntent(world, id)
      refuseOfSession(world, id, 'confirm')
      return confirmPayment(world, id, params)
    },
  }),
  operation({
    name: 'payment_intents.cancel',
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    params: cancelParams,
    run(world, params, id) {
      const intent = findIntent(world, id)
      if (intent.status !== 'requires_capture') refuseOfSession(world, id, 'cancel')
      if (['succeeded', 'canceled', 'processing'].includes(intent.status)) {
        throw unexpected(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`)
      }
      world.store.patch('payment_intent_state', id, { attempt: null })
      const canceled = world.store.patch('payment_intent', id, {
        status: 'canceled',
        amount_capturable: 0,
        canceled_at: world.clock.seconds(),
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      })
      emit(world, 'payment_intent.canceled', canceled)
      return canceled
    },
  }),
  operation({
    name: 'payment_intents.capture',
    method: 'POST',
    path: '/v1/payment_intents/:id/capture',
    params: captureParams,
    run(world, params, id) {
      const intent = findIntent(world, id)
      if (intent.status !== 'requires_capture') {
        throw unexpected(
          `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
        )
      }
      const amount = params.amount_to_capture ?? intent.amount_capturable
      if (amount > intent.amount_capturable) {
        const message = `The amount to capture is greater than the remaining ${intent.amount_capturable}.`
        throw invalidRequest(message, { code: 'amount_too_large', param: 'amount_to_capture' })
      }
      const metadata = mergeMetadata(intent.metadata, params.metadata)
      world.store.patch('payment_intent', id, { metadata })
      return captureIntent(world, id, amount)
    },
  }),
]

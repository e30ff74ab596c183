import { cardError, invalidRequest } from '../http/errors'
import type { World } from '../world'
import { completeSession } from './complete'
import type { NextAction } from './intent'
import { requireOpen, type Session } from './session'
import { confirmSetup, createSetup, resumeSetup, type SetupOutcome } from './setup'

function prepareSetup(world: World, session: Session, customer: string | null): string {
  const state = world.store.need('session_state', session.id)
  const { description, metadata } = state.setup_intent_data ?? {}
  if (state.setup_intent) {
    world.store.patch('setup_intent', state.setup_intent, { customer })
    return state.setup_intent
  }
  const fields = {
    payment_method_types: session.payment_method_types,
    customer,
    description: description ?? null,
    metadata: (metadata ?? {}) as Record<string, string>,
  }
  const { id } = createSetup(world, fields, session.id)
  world.store.patch('session_state', session.id, { setup_intent: id })
  if (session.mode === 'setup') world.store.patch('session', session.id, { setup_intent: id })
  return id
}

function conclude(world: World, session: string, id: string, outcome: SetupOutcome): NextAction {
  if (outcome.type === 'requires_action') return { type: outcome.action, url: outcome.url }
  if (outcome.type === 'succeeded') {
    completeSession(world, session, outcome.kept)
    return null
  }
  const { code, decline_code, message, payment_method } = outcome.error
  throw cardError(message ?? '', {
    ...(code ? { code } : {}),
    ...(decline_code ? { decline_code } : {}),
    setup_intent: world.store.need('setup_intent', id),
    ...(payment_method ? { payment_method } : {}),
  })
}

/**
 * Sets a method up for a session that pays nothing now: `setup` mode, a trial, a subscription that is free at
 * first. Throws the card error of a decline; the session stays open.
 */
export function setUpMethod(
  world: World,
  session: Session,
  method: string,
  customer: string | null,
  returnUrl: string | null,
): NextAction {
  const id = prepareSetup(world, session, customer)
  const { saves_payment_method: saves } = world.store.need('session_state', session.id)
  world.store.patch('setup_intent_state', id, {
    return_url: returnUrl,
    redisplay: saves ? 'always' : 'limited',
  })
  return conclude(world, session.id, id, confirmSetup(world, id, method))
}

/** Goes on after 3-D Secure or the bank's page. Throws the error of a refusal; the session stays open. */
export function resumeSessionSetup(world: World, id: string, isApproved: boolean): NextAction {
  const { session, attempt } = world.store.need('setup_intent_state', id)
  if (session === null || attempt === null) {
    const message = "This SetupIntent's status is not requires_action."
    throw invalidRequest(message, { code: 'setup_intent_unexpected_state' })
  }
  requireOpen(world.store.need('session', session))
  return conclude(world, session, id, resumeSetup(world, id, isApproved))
}

import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import type { Consent, LinkConfig } from '@/db/types'
import { getMerchant } from '@/lib/accounts/merchant'
import { AppError } from '@/lib/errors'
import { type Terms, termsOf } from '@/lib/links/asked'
import { log } from '@/lib/log'
import { callStripe } from '@/lib/stripe/calls'
import { type AnswerProblem, readAnswers } from './answer-rules'
import { answersMetadata } from './answers-metadata'
import { lacksTaxId } from './answers-resource'
import { buyerDetails } from './buyer-details'
import type { CheckoutSession } from './open'
import { configOf, ownSession } from './own-session'

export type Given = {
  answers: Record<string, string | boolean>
  /** The version of the terms that were accepted, as the page showed them; null where they were not. */
  terms: string | null
  promotions: boolean
}

export type AnswerReply =
  | { kind: 'saved' }
  /** `terms`: not accepted, or changed since the page was loaded. */
  | { kind: 'wrong'; problems: Record<string, AnswerProblem>; terms: 'required' | 'changed' | null }
  /** Stripe knows of none, and the buyer's country has some. */
  | { kind: 'no_tax_id' }

/**
 * Checks a buyer's answers and consents against the version of the link their session was opened with, and keeps
 * them with the session: called just before its payment is confirmed, as often as that is tried.
 *
 * @param buyerHash of the asking browser, which must be the session's
 * @throws AppError `not_found`, `stripe_unavailable`, `invalid_request` for a key that is no question of this version
 */
export async function saveAnswers(
  stripeSessionId: string,
  buyerHash: string,
  given: Given,
): Promise<AnswerReply> {
  const row = await ownSession(stripeSessionId, buyerHash)
  const config = await configOf(db(), row)
  const fields = config.custom_fields
  const stranger = Object.keys(given.answers).find((key) => !fields.some((field) => field.key === key))
  if (stranger !== undefined) {
    throw new AppError('invalid_request', 'This is no question of this checkout.', {
      param: `answers[${stranger.slice(0, 40)}]`,
    })
  }
  const { answers, problems } = readAnswers(fields, given.answers)
  const terms = termsOf(config, await getMerchant())
  const wrongTerms = terms && terms.version !== given.terms ? (given.terms ? 'changed' : 'required') : null
  if (Object.keys(problems).length > 0 || wrongTerms) return { kind: 'wrong', problems, terms: wrongTerms }
  if (await lacksRequiredTaxId(config, stripeSessionId)) return { kind: 'no_tax_id' }
  const consent = consentOf(config, row, terms, given.promotions)
  // A session that has ended keeps what it ended with; confirming it tells the buyer why.
  await db()
    .update(checkoutSessions)
    .set({ answers, consent })
    .where(and(eq(checkoutSessions.id, row.id), eq(checkoutSessions.status, 'open')))
  await mirror(config, { ...row, answers, consent }, stripeSessionId)
  return { kind: 'saved' }
}

/** Stripe takes no such rule in `ui_mode: elements`, but knows what the page told it. */
async function lacksRequiredTaxId({ tax_id_collection: tax }: LinkConfig, stripeSessionId: string) {
  if (!tax.enabled || tax.required === 'never') return false
  const session = await callStripe('checkout.sessions.retrieve', (stripe, options) =>
    stripe.checkout.sessions.retrieve(stripeSessionId, {}, options),
  )
  return lacksTaxId(buyerDetails(session))
}

function consentOf(
  { consent_collection: asked }: LinkConfig,
  { linkVersion }: CheckoutSession,
  terms: Terms | null,
  promotions: boolean,
): Consent | null {
  if (!terms && asked.promotions === 'none') return null
  return {
    terms_of_service: terms && 'accepted',
    promotions: asked.promotions === 'none' ? null : promotions ? 'opt_in' : 'opt_out',
    terms,
    link_version: linkVersion,
    at: new Date().toISOString(),
  }
}

/** Our database has the answers: a payment does not wait for a copy Stripe would not take. */
async function mirror(config: LinkConfig, row: CheckoutSession, stripeSessionId: string): Promise<void> {
  const used =
    3 +
    Object.keys({ ...config.metadata, ...row.lastTouch }).length +
    (row.clientReferenceId === null ? 0 : 1)
  const metadata = answersMetadata(config, row, used)
  if (Object.keys(metadata).length === 0) return
  try {
    await callStripe('checkout.sessions.update', (stripe, options) =>
      stripe.checkout.sessions.update(stripeSessionId, { metadata }, options),
    )
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Not the error: Stripe's refusals quote what they refuse.
    log.warn({ session: row.id, code: error.code }, 'answers could not be mirrored to Stripe')
  }
}

import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { db, type Writer } from '@/db/client'
import { checkoutSessions } from '@/db/schema'
import type { Answers } from '@/db/types'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { chooseLocale } from '@/lib/i18n/choose'
import type { Locale } from '@/lib/i18n/locales'
import { newId } from '@/lib/ids'
import { type CurrentLink, findCurrentLink } from '@/lib/links/current'
import { type PublicOffer, publicOffer } from '@/lib/links/offer'
import { type LinkParams, parseLinkParams } from '@/lib/links/params'
import { type LinkState, linkState } from '@/lib/links/state'
import { prepareCall } from '@/lib/stripe/call-rows'
import { addressHashOf, takeTurn } from './brakes'
import { CustomerGone, createAtStripe, sessionCall } from './create'
import { readCustomer } from './customer-link'
import { openingCodes } from './opening-codes'
import { sameTracking, sessionParams } from './params'
import { chargeSnapshot } from './snapshot'
import { firstTouch, recordVisit } from './visits'
import { waitBriefly } from './waiting'

export type CheckoutSession = typeof checkoutSessions.$inferSelect

export type OpenInput = {
  slug: string
  /** The query string of the page the buyer opened. */
  search: string
  referrer: string
  /** Hash of the buyer cookie: the same browser resumes its open session. */
  buyerHash: string
  /** Null when it cannot be trusted. */
  address: string | null
  userAgent: string
  /** The request's header: the language of the page where its address asks for none. */
  acceptLanguage: string | null
}

/** What the page needs to show the payment form; nothing else of the session leaves the server. */
export type SessionResponse =
  | {
      state: 'open'
      client_secret: string
      /** Of the link when the session was opened: a page that shows another one is out of date. */
      version: number
      /** A suggestion; null where the e-mail is locked, known or not given. */
      prefilled_email: string | null
      /** The address names it; never together with `returning`. */
      email_locked: boolean
      /** Whether the buyer is known: their saved ways to pay come with the session. */
      returning: boolean
      /** Whether Stripe has the known buyer's e-mail, and takes no other: only then nobody need be asked for it. */
      email_known: boolean
      /** Promotion codes for the page to try, the first that is taken counts. */
      codes: string[]
      /** What this browser answered before, where it tried to pay. */
      answers: Answers
    }
  | { state: Exclude<LinkState, 'open'>; message: string | null }

/** What a buyer comes with, and the language they read the page in. */
type Arrival = LinkParams & {
  customer: string | null
  language: Locale
  /** Stripe's id of a session to go on with, as `/return` names it. */
  resume: string | null
}

/** A session with less time left than this is not resumed: the buyer could not finish in it. */
const minutesToPay = 10

/**
 * Opens the checkout session of a buyer on a link, or resumes the one that is open. The row, the key and the
 * parameters of its call are committed before Stripe is asked, so that a crash or a lost answer leads back to the same session.
 *
 * @throws AppError `not_found`, `rate_limited`, `stripe_unavailable`, `invalid_request` when Stripe refuses the link
 */
export async function openCheckout(input: OpenInput): Promise<SessionResponse> {
  const link = await findCurrentLink(input.slug)
  if (!link) throw new AppError('not_found', 'There is no payment link at this address.')
  const state = linkState(link)
  const arrival = readArrival(link, input)
  if (state !== 'open') {
    await recordVisit(link, input, arrival, null)
    return { state, message: link.inactiveMessage }
  }
  try {
    return await openFor(link, input, arrival)
  } catch (error) {
    // Deleted at Stripe since the address was made: the buyer is served like anybody.
    if (!(error instanceof CustomerGone)) throw error
    return openFor(link, input, { ...arrival, customer: null })
  }
}

function readArrival({ id, livemode }: CurrentLink, { search, acceptLanguage }: OpenInput): Arrival {
  const params = parseLinkParams(search)
  const now = Math.floor(Date.now() / 1000)
  const { customer, dropped } = readCustomer(search, { link: id, livemode, secret: env().secret, now })
  const language = params.locale ?? chooseLocale([], acceptLanguage)
  const resume = new URLSearchParams(search.slice(0, 16_384)).get('resume')
  return { ...params, resume, language, customer, dropped: [...params.dropped, ...dropped] }
}

function isMade(row: CheckoutSession): row is CheckoutSession & { clientSecret: string } {
  return row.clientSecret !== null
}

async function openFor(link: CurrentLink, input: OpenInput, asked: Arrival): Promise<SessionResponse> {
  // Stripe takes a customer or an e-mail: a known buyer's is their own, and an address locks nobody else's in.
  const arrival = asked.customer === null ? asked : { ...asked, locked_prefilled_email: null }
  const row = await reserveSession(link, input, arrival)
  await recordVisit(link, input, arrival, row.id)
  const { clientSecret, emailKnown } = isMade(row) ? row : await waitBriefly(() => createAtStripe(row))
  return {
    state: 'open',
    client_secret: clientSecret,
    version: row.linkVersion,
    prefilled_email: row.lockedEmail || emailKnown ? null : row.prefilledEmail,
    email_locked: row.lockedEmail !== null,
    returning: row.customerId !== null,
    email_known: emailKnown,
    codes: await openingCodes(link.config, arrival.prefilled_promo_code ?? row.prefilledPromoCode),
    answers: row.answers,
  }
}

/** The buyer's open session, or a new row; one at a time per buyer and link, so that two tabs share one. */
async function reserveSession(link: CurrentLink, input: OpenInput, params: Arrival) {
  const open = await resumable(db(), link, input.buyerHash, params)
  if (open) return readIn(params.language, open)
  // All that needs a connection of its own comes before the transaction: a full pool must not wait for itself.
  const offer = await publicOffer(link.config)
  const addressHash = addressHashOf(input.address)
  const reserved = await db().transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${input.buyerHash}:${link.id}`}, 0))`,
    )
    const meanwhile = await resumable(tx, link, input.buyerHash, params)
    if (meanwhile) return meanwhile
    const wait = await takeTurn(tx, link.id, addressHash, input.buyerHash)
    return wait > 0 ? { wait } : insertSession(tx, link, offer, { ...input, addressHash }, params)
  })
  if (!('wait' in reserved)) return reserved
  throw new AppError('rate_limited', 'Many checkouts are being opened from here. Please wait a moment.', {
    retryAfter: Math.ceil(reserved.wait / 1000),
  })
}

/** A resumed session may be read in another language than before. Stripe's session keeps its own: it cannot change. */
async function readIn(locale: Locale, row: CheckoutSession): Promise<CheckoutSession> {
  if (row.locale === locale) return row
  await db().update(checkoutSessions).set({ locale }).where(eq(checkoutSessions.id, row.id))
  return { ...row, locale }
}

/** Other codes are another visit and get a session of their own; who is buying has to be said again: browsers are shared. */
async function resumable(tx: Writer, link: CurrentLink, buyerHash: string, params: Arrival) {
  const rows = await tx
    .select()
    .from(checkoutSessions)
    .where(
      and(
        eq(checkoutSessions.buyerHash, buyerHash),
        eq(checkoutSessions.linkId, link.id),
        eq(checkoutSessions.linkVersion, link.version),
        eq(checkoutSessions.status, 'open'),
        gt(checkoutSessions.expiresAt, sql`now() + make_interval(mins => ${minutesToPay})`),
      ),
    )
    .orderBy(desc(checkoutSessions.createdAt))
    .limit(20)
  const bare = Object.keys(params.tracking).length === 0
  return rows.find(
    (row) =>
      (params.resume !== null && params.resume === row.stripeSessionId) ||
      ((bare || sameTracking(row.lastTouch, params.tracking)) &&
        params.client_reference_id === row.clientReferenceId &&
        params.locked_prefilled_email === row.lockedEmail &&
        params.customer === row.customerId &&
        params.prefilled_email === row.prefilledEmail),
  )
}

async function insertSession(
  tx: Writer,
  link: CurrentLink,
  offer: PublicOffer,
  { buyerHash, addressHash }: { buyerHash: string; addressHash: string },
  params: Arrival,
) {
  const id = newId('cks')
  const request = sessionParams({
    sessionId: id,
    link,
    config: link.config,
    items: offer.items,
    params,
    customer: params.customer,
    language: params.language,
    baseUrl: env().baseUrl,
  })
  const [row] = await tx
    .insert(checkoutSessions)
    .values({
      id,
      livemode: link.livemode,
      linkId: link.id,
      linkVersion: link.version,
      buyerHash,
      snapshot: chargeSnapshot(link.config, offer),
      firstTouch: await firstTouch(tx, link.id, buyerHash, params.tracking),
      lastTouch: params.tracking,
      clientReferenceId: params.client_reference_id,
      prefilledEmail: params.prefilled_email,
      lockedEmail: params.locked_prefilled_email,
      prefilledPromoCode: params.prefilled_promo_code,
      customerId: params.customer,
      locale: params.language,
      addressHash,
      // Until Stripe says when it expires: its own default.
      expiresAt: sql`now() + interval '24 hours'`,
    })
    .returning()
  await prepareCall(tx, sessionCall(id), request)
  return row as CheckoutSession
}

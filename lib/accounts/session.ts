import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Role } from '@/db/auth-schema'
import { AppError } from '@/lib/errors'
import { clearAttempts, countAttempt, tooManyAttempts } from './attempts'
import { addressHeader, auth } from './auth'

export type CurrentUser = { id: string; email: string; role: Role }

/** Who is signed in, or null. One look-up per request, however many ask. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const found = await auth().api.getSession({ headers: await headers() })
  if (!found) return null
  const { id, email, role } = found.user
  return { id, email, role: role as Role }
})

/**
 * Who is signed in; anyone else is sent to sign in first. Every page and every action of the dashboard asks
 * this itself, before it reads anything.
 * @param returnTo where to go afterwards, a path of the dashboard
 */
export async function requireUser(returnTo = '/dashboard/links'): Promise<CurrentUser> {
  const user = await currentUser()
  if (user) return user
  redirect(`/login?next=${encodeURIComponent(returnTo)}`)
}

export type SignInInput = { email: string; password: string; address: string | null }

/**
 * Signs a person in on this browser. Says the same thing, after the same work, whether the account is
 * unknown or the password wrong.
 * @param input.address the caller's, IPv6 as its /64, for the limit on tries; null when it cannot be trusted
 * @throws AppError `unauthenticated`, `rate_limited`
 */
export async function signIn(input: SignInInput): Promise<void> {
  const email = input.email.toLowerCase()
  await countAttempt(email)
  const response = await auth().handler(await signInRequest({ ...input, email }))
  if (response.status === 429) throw tooManyAttempts()
  if (response.status >= 500) throw new Error(`sign-in answered ${response.status}`)
  if (!response.ok) {
    throw new AppError('unauthenticated', 'This e-mail address and password do not belong together.')
  }
  await clearAttempts(email)
  await keepCookies(response.headers)
}

/** Ends this browser's session, in the database too. */
export async function signOut(): Promise<void> {
  const { headers: answer } = await auth().api.signOut({ headers: await headers(), returnHeaders: true })
  await keepCookies(answer)
}

async function signInRequest({ email, password, address }: SignInInput): Promise<Request> {
  const { baseURL } = await auth().$context
  return new Request(`${baseURL}/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(baseURL).origin,
      'user-agent': (await headers()).get('user-agent') ?? '',
      ...(address && { [addressHeader]: address.replace('/64', '') }),
    },
    body: JSON.stringify({ email, password }),
  })
}

async function keepCookies(answer: Headers): Promise<void> {
  const jar = await cookies()
  for (const line of answer.getSetCookie()) {
    for (const [name, attributes] of parseSetCookieHeader(line)) {
      jar.set(name, attributes.value, toCookieOptions(attributes))
    }
  }
}

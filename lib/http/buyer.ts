import { cookies } from 'next/headers'
import { env } from '@/lib/env'
import { hashToken, newToken } from '@/lib/ids'

const thirtyDays = 60 * 60 * 24 * 30

/** `__Host-` where the browser allows it, so that no other host can set it for us. */
function cookieName(): string {
  return env().baseUrl.startsWith('https:') ? '__Host-bl_buyer' : 'bl_buyer'
}

/** Hash of the cookie that keeps a checkout resumable, or null for a browser without one. */
export async function readBuyerHash(): Promise<string | null> {
  const token = (await cookies()).get(cookieName())?.value
  return token && /^[\w-]{32}$/.test(token) ? hashToken(token) : null
}

/** The browser's buyer hash, giving it a cookie if it has none. Only route handlers and actions may call this. */
export async function ensureBuyerHash(): Promise<string> {
  const known = await readBuyerHash()
  if (known) return known
  const token = newToken()
  ;(await cookies()).set(cookieName(), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().baseUrl.startsWith('https:'),
    path: '/',
    maxAge: thirtyDays,
  })
  return hashToken(token)
}

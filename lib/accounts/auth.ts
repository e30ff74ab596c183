import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { credentials, signInLimits, signInSessions, users, verifications } from '@/db/auth-schema'
import { db } from '@/db/client'
import { env } from '@/lib/env'
import { once } from '@/lib/once'
import { passwordLength } from './schema'

/**
 * Carries the caller's address into better-auth. Its handler is called by our own code only and is mounted
 * at no URL, so that nobody outside can send this header.
 */
export const addressHeader = 'x-buylink-address'

const twoWeeks = 14 * 24 * 60 * 60

function makeAuth() {
  const { baseUrl, secret } = env()
  return betterAuth({
    appName: 'Buylink',
    baseURL: baseUrl,
    secret,
    trustedOrigins: [baseUrl],
    telemetry: { enabled: false },
    logger: { level: 'error' },
    database: drizzleAdapter(db(), {
      provider: 'pg',
      transaction: true,
      schema: {
        user: users,
        session: signInSessions,
        account: credentials,
        verification: verifications,
        rateLimit: signInLimits,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.minimum,
      maxPasswordLength: passwordLength.maximum,
    },
    user: { additionalFields: { role: { type: 'string', required: true, input: false } } },
    // A page cannot write a cookie, so a session is not prolonged by looking at one; it ends after two weeks.
    session: { expiresIn: twoWeeks, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: { '/sign-in/email': { window: 60, max: 20 } },
    },
    advanced: {
      cookiePrefix: 'buylink',
      useSecureCookies: baseUrl.startsWith('https://'),
      ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 64 },
    },
  })
}

/** better-auth on our own tables: who is signed in, and whether a password is right. */
export const auth = () => once('auth', makeAuth)

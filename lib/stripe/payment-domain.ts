import { env } from '@/lib/env'
import { newToken } from '@/lib/ids'
import { log } from '@/lib/log'
import { callStripe } from './calls'

/**
 * Has Stripe know the domain buyers pay on: without it wallets and Link stay away (Stripe, "Register domains for
 * payment methods"). Never throws: the shop works without, what went wrong is logged, and the next start tries again.
 */
export async function registerPaymentDomain(baseUrl = env().baseUrl): Promise<void> {
  const name = registrableDomain(baseUrl)
  if (!name) return
  const operation = 'paymentMethodDomains.create'
  try {
    const { data } = await callStripe('paymentMethodDomains.list', (stripe, options) =>
      stripe.paymentMethodDomains.list({ domain_name: name, limit: 1 }, options),
    )
    const create = () =>
      callStripe(
        operation,
        (stripe, options) => stripe.paymentMethodDomains.create({ domain_name: name }, options),
        newToken(),
      )
    const domain = data[0] ?? (await create())
    const away = (['apple_pay', 'google_pay', 'link'] as const).filter(
      (kind) => domain[kind].status !== 'active',
    )
    const fields = { operation, path: name, status: domain.enabled ? 'enabled' : 'disabled' }
    if (domain.enabled && away.length === 0) log.info(fields, 'wallets and Link may show on this domain')
    else log.warn({ ...fields, reason: away.join(', ') }, 'some wallets stay away from this domain')
  } catch (error) {
    log.warn({ operation, path: name, error }, 'the domain could not be registered for wallets and Link')
  }
}

/** The host of an address that Stripe can register; null for this machine, bare addresses and plain http. */
export function registrableDomain(baseUrl: string): string | null {
  const { protocol, hostname } = new URL(baseUrl)
  const isPublic =
    /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(hostname) && !/(^|\.)(localhost|local|internal)$/.test(hostname)
  return protocol === 'https:' && isPublic ? hostname : null
}

import type Stripe from 'stripe'
import { invalidRequest, noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, paramsOf, text } from '../http/params'
import { newId } from '../ids'
import type { Records } from '../state/records'
import type { World } from '../world'
import { pagination, retrieveParams } from './fields'
import { operation } from './operation'

type Domain = Records['payment_method_domain']

const createParams = paramsOf<Stripe.PaymentMethodDomainCreateParams>()({
  domain_name: text(253),
  enabled: boolean().optional(),
})
const updateParams = paramsOf<Stripe.PaymentMethodDomainUpdateParams>()({ enabled: boolean().optional() })
const listParams = paramsOf<Stripe.PaymentMethodDomainListParams>()({
  ...pagination,
  domain_name: text(253).optional(),
  enabled: boolean().optional(),
})

function find(world: World, id: string): Domain {
  const domain = world.store.get('payment_method_domain', id)
  if (!domain) throw noSuch('payment_method_domain', id, 'payment_method_domain')
  return domain
}

function checkName(name: string): void {
  if (/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(name)) return
  const message = `${name} is not a valid domain: pass it without protocol, port or path.`
  throw invalidRequest(message, { param: 'domain_name' })
}

/** Domains wallets may show on. Nothing is fetched: every domain with a proper name is in order. */
export const paymentMethodDomainOperations = [
  operation({
    name: 'payment_method_domains.create',
    method: 'POST',
    path: '/v1/payment_method_domains',
    params: createParams,
    check: ({ domain_name }) => checkName(domain_name),
    run(world, { domain_name, enabled = true }) {
      const known = world.store.list('payment_method_domain').find((each) => each.domain_name === domain_name)
      if (known) return known
      const active = { status: 'active' as const }
      return world.store.put('payment_method_domain', {
        id: newId('pmd_'),
        object: 'payment_method_domain',
        amazon_pay: active,
        apple_pay: active,
        created: world.clock.seconds(),
        domain_name,
        enabled,
        google_pay: active,
        klarna: active,
        link: active,
        livemode: false,
        paypal: active,
      })
    },
  }),
  operation({
    name: 'payment_method_domains.list',
    method: 'GET',
    path: '/v1/payment_method_domains',
    params: listParams,
    run(world, params) {
      const items = world.store.list('payment_method_domain').filter((each) => {
        if (params.domain_name !== undefined && each.domain_name !== params.domain_name) return false
        return params.enabled === undefined || each.enabled === params.enabled
      })
      return pageOf(items, params, '/v1/payment_method_domains', 'payment_method_domain')
    },
  }),
  operation({
    name: 'payment_method_domains.retrieve',
    method: 'GET',
    path: '/v1/payment_method_domains/:id',
    params: retrieveParams,
    run: (world, _, id) => find(world, id),
  }),
  operation({
    name: 'payment_method_domains.update',
    method: 'POST',
    path: '/v1/payment_method_domains/:id',
    params: updateParams,
    run(world, { enabled }, id) {
      const domain = find(world, id)
      return enabled === undefined ? domain : world.store.patch('payment_method_domain', id, { enabled })
    },
  }),
  operation({
    name: 'payment_method_domains.validate',
    method: 'POST',
    path: '/v1/payment_method_domains/:id/validate',
    params: retrieveParams,
    run: (world, _, id) => find(world, id),
  }),
]

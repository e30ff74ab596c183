import type Stripe from 'stripe'
import { z } from 'zod'
import { noSuch } from '../http/errors'
import { pageOf } from '../http/page'
import { boolean, choice, emptyable, metadata, paramsOf, text, url } from '../http/params'
import { newId, randomText } from '../ids'
import type { Records } from '../state/records'
import { apiVersion, type World } from '../world'
import { emptyableText, mergeMetadata, pagination, retrieveParams, unset } from './fields'
import { operation } from './operation'

type Create = Stripe.WebhookEndpointCreateParams
type Endpoint = Records['webhook_endpoint']

const enabledEvents = z
  .array(
    text()
      .refine((type) => /^(\*|[a-z0-9_]+(\.[a-z0-9_]+)+)$/.test(type), 'Invalid {param}: not a type of event')
      .transform((type) => type as Stripe.WebhookEndpointCreateParams.EnabledEvent),
  )
  .min(1)

const createParams = paramsOf<Create>()(
  {
    api_version: choice<Create['api_version']>()(apiVersion).optional(),
    description: emptyableText(),
    enabled_events: enabledEvents,
    metadata: emptyable(metadata()).optional(),
    url: url(),
  },
  ['connect'],
)

const updateParams = paramsOf<Stripe.WebhookEndpointUpdateParams>()({
  description: emptyableText(),
  disabled: boolean().optional(),
  enabled_events: enabledEvents.optional(),
  metadata: emptyable(metadata()).optional(),
  url: url().optional(),
})

const listParams = paramsOf<Stripe.WebhookEndpointListParams>()(pagination)

type Fields = {
  url: string
  enabled_events: string[]
  description?: string | null
  metadata?: Record<string, string>
}

/** Registers an endpoint; `secret` is made up unless given. */
export function createEndpoint(world: World, fields: Fields, secret = `whsec_${randomText(32)}`): Endpoint {
  const endpoint = world.store.put('webhook_endpoint', {
    id: newId('we_'),
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: world.clock.seconds(),
    description: fields.description ?? null,
    enabled_events: fields.enabled_events,
    livemode: false,
    metadata: fields.metadata ?? {},
    status: 'enabled',
    url: fields.url,
  })
  world.store.put('endpoint_state', { id: endpoint.id, secret, old_secret: null, old_secret_until: 0 })
  return { ...endpoint, secret }
}

function removeEndpoint(world: World, id: string): void {
  world.store.remove('webhook_endpoint', id)
  world.store.remove('endpoint_state', id)
}

/**
 * Registers the endpoints the sandbox was started with, once each, and forgets those of an earlier start that
 * are no longer named: nobody listens there any more.
 */
export function configureEndpoints(world: World, wanted: readonly { url: string; secret: string }[]): void {
  const earlier = (world.store.get('setting', 'configured_endpoints')?.value ?? []) as string[]
  for (const id of earlier) {
    const url = world.store.get('webhook_endpoint', id)?.url
    if (!wanted.some((each) => each.url === url)) removeEndpoint(world, id)
  }
  const ids = wanted.map(({ url, secret }) => {
    const found = world.store.list('webhook_endpoint').find((endpoint) => endpoint.url === url)
    if (!found) return createEndpoint(world, { url, enabled_events: ['*'] }, secret).id
    world.store.patch('endpoint_state', found.id, { secret })
    return found.id
  })
  world.store.put('setting', { id: 'configured_endpoints', value: ids })
}

/** Gives an endpoint a new secret; the old one signs beside it for `seconds` of the sandbox's clock. */
export function rollSecret(
  world: World,
  id: string,
  seconds: number,
  secret = `whsec_${randomText(32)}`,
): string {
  const state = world.store.get('endpoint_state', id)
  if (!state) throw noSuch('webhook endpoint', id)
  const old_secret_until = world.clock.now() + seconds * 1000
  world.store.put('endpoint_state', { id, secret, old_secret: state.secret, old_secret_until })
  return secret
}

function findEndpoint(world: World, id: string): Endpoint {
  const endpoint = world.store.get('webhook_endpoint', id)
  if (!endpoint) throw noSuch('webhook endpoint', id)
  return endpoint
}

export const webhookEndpointOperations = [
  operation({
    name: 'webhook_endpoints.create',
    method: 'POST',
    path: '/v1/webhook_endpoints',
    params: createParams,
    run(world, params) {
      const { url: address, enabled_events } = params
      const description = unset(params.description)
      const fields = {
        url: address,
        enabled_events,
        description,
        metadata: mergeMetadata({}, params.metadata),
      }
      return createEndpoint(world, fields)
    },
  }),
  operation({
    name: 'webhook_endpoints.list',
    method: 'GET',
    path: '/v1/webhook_endpoints',
    params: listParams,
    run: (world, params) =>
      pageOf(world.store.list('webhook_endpoint'), params, '/v1/webhook_endpoints', 'webhook endpoint'),
  }),
  operation({
    name: 'webhook_endpoints.retrieve',
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    params: retrieveParams,
    run: (world, _, id) => findEndpoint(world, id),
  }),
  operation({
    name: 'webhook_endpoints.update',
    method: 'POST',
    path: '/v1/webhook_endpoints/:id',
    params: updateParams,
    run(world, params, id) {
      const before = findEndpoint(world, id)
      return world.store.patch('webhook_endpoint', id, {
        metadata: mergeMetadata(before.metadata, params.metadata),
        ...(params.description === undefined ? {} : { description: unset(params.description) }),
        ...(params.enabled_events === undefined ? {} : { enabled_events: params.enabled_events }),
        ...(params.url === undefined ? {} : { url: params.url }),
        ...(params.disabled === undefined ? {} : { status: params.disabled ? 'disabled' : 'enabled' }),
      })
    },
  }),
  operation({
    name: 'webhook_endpoints.delete',
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    params: retrieveParams,
    run(world, _, id) {
      findEndpoint(world, id)
      removeEndpoint(world, id)
      return { id, object: 'webhook_endpoint', deleted: true }
    },
  }),
]

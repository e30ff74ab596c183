import { deleteEndpoint, findEndpoint, updateEndpoint } from '@/lib/events/endpoints'
import { endpointResource } from '@/lib/events/resource'
import type { UpdateEndpointInput } from '@/lib/events/schema'
import { api } from '@/lib/http/api'

type Params = { id: string }

export const GET = api<Params>('webhook_endpoints:read', async ({ params }) =>
  endpointResource(await findEndpoint(params.id)),
)

export const POST = api<Params>('webhook_endpoints:write', async ({ params, input }) =>
  endpointResource(await updateEndpoint(params.id, input as UpdateEndpointInput)),
)

export const DELETE = api<Params>('webhook_endpoints:write', async ({ params }) => {
  await deleteEndpoint(params.id)
  return { id: params.id, object: 'webhook_endpoint', deleted: true }
})

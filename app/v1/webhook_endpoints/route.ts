import { z } from 'zod'
import { createEndpoint, listEndpoints } from '@/lib/events/endpoints'
import { endpointResource } from '@/lib/events/resource'
import type { CreateEndpointInput } from '@/lib/events/schema'
import { api } from '@/lib/http/api'
import { listResource, pageRequest, pagingInput } from '@/lib/http/api-list'
import { parse } from '@/lib/parse'

export const POST = api('webhook_endpoints:write', async ({ input }) => {
  const endpoint = await createEndpoint(input as CreateEndpointInput)
  return { ...endpointResource(endpoint), secret: endpoint.secret }
})

export const GET = api('webhook_endpoints:read', async ({ input }) => {
  const request = pageRequest(parse(z.strictObject(pagingInput), input))
  return listResource(await listEndpoints(request), request, '/v1/webhook_endpoints', endpointResource)
})

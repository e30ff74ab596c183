import { z } from 'zod'
import { listEvents } from '@/lib/events/events'
import { eventResource } from '@/lib/events/resource'
import { eventFilterInput } from '@/lib/events/schema'
import { api } from '@/lib/http/api'
import { listResource, pageRequest, pagingInput } from '@/lib/http/api-list'
import { parse } from '@/lib/parse'

export const GET = api('events:read', async ({ input }) => {
  const { type, types, ...query } = parse(z.strictObject({ ...pagingInput, ...eventFilterInput }), input)
  const request = pageRequest(query)
  const page = await listEvents(request, { ...query, types: type === undefined ? types : [type] })
  return listResource(page, request, '/v1/events', eventResource)
})

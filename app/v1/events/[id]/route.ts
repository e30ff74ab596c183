import { findEvent } from '@/lib/events/events'
import { eventResource } from '@/lib/events/resource'
import { api } from '@/lib/http/api'

export const GET = api<{ id: string }>('events:read', async ({ params }) =>
  eventResource(await findEvent(params.id)),
)

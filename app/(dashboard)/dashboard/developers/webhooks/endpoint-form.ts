import { z } from 'zod'

/** The fields of an endpoint as a form sends them; each type of event is a box of its own, `event:<type>`. */
export const endpointForm = z
  .looseObject({
    /** Of the endpoint that is edited; a new one has none. */
    id: z.string().max(100).default(''),
    url: z.string().min(1, 'Enter the address that receives events.'),
    description: z.string(),
  })
  .transform(({ id, url, description, ...rest }) => ({
    id,
    endpoint: {
      url,
      description,
      enabled_events: Object.keys(rest).flatMap((name) => (name.startsWith('event:') ? [name.slice(6)] : [])),
    },
  }))
  .refine(({ endpoint }) => endpoint.enabled_events.length > 0, {
    path: ['event:*'],
    message: 'Choose at least one type of event.',
  })

/** Fields of that form that are filled in again after a mistake. */
export const endpointFields = (types: readonly string[]) => [
  'url',
  'description',
  'event:*',
  ...types.map((type) => `event:${type}`),
]

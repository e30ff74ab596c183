import { Badge } from '@/components/ui/badge'
import type { Endpoint } from '@/lib/events/endpoints'

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  if (endpoint.status === 'disabled') {
    const words = { merchant: 'Switched off', gone: 'Gone (410)', failures: 'Failed for five days' }
    return (
      <Badge tone={endpoint.disabledBy === 'merchant' ? 'quiet' : 'bad'}>
        {words[endpoint.disabledBy ?? 'merchant']}
      </Badge>
    )
  }
  return endpoint.failingSince ? <Badge tone="warning">Failing</Badge> : <Badge tone="good">Active</Badge>
}

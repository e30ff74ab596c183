import { env } from '@/lib/env'
import type { CurrentLink } from './current'

/** The public JSON of a payment link: Stripe's fields, then ours (`name`, `slug`, `version`, times). */
export function linkResource(link: CurrentLink) {
  const { config } = link
  const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
  return {
    id: link.id,
    object: 'payment_link',
    active: link.active,
    after_completion: config.after_completion,
    currency: config.currency,
    inactive_message: link.inactiveMessage,
    livemode: link.livemode,
    metadata: config.metadata,
    restrictions: config.restrictions && {
      ...config.restrictions,
      ...(config.restrictions.completed_sessions && {
        completed_sessions: { ...config.restrictions.completed_sessions, count: link.completedSessions },
      }),
    },
    submit_type: config.submit_type,
    url: `${env().baseUrl}/${link.slug}`,
    name: link.name,
    slug: link.slug,
    version: link.version,
    created_via: link.createdVia,
    created: seconds(link.createdAt),
    updated: seconds(link.updatedAt),
  }
}

import type { Restrictions } from '@/db/types'
import { linkLike, type OwnLink } from './link-like'
import type { StackClient } from './stack'

export type LimitedLink = OwnLink

/** A link of its own that sells what the demo's quiet-machine sells, under `restrictions`. */
export function limitedLink(
  stack: Pick<StackClient, 'sql'>,
  restrictions: Restrictions | ((price: string) => Restrictions),
): Promise<LimitedLink> {
  return linkLike(stack, 'quiet-machine', (price) => ({
    restrictions: typeof restrictions === 'function' ? restrictions(price) : restrictions,
  }))
}

/** Puts other limits on a link, as an edit does. */
export async function restrict(
  { sql }: Pick<StackClient, 'sql'>,
  link: LimitedLink,
  restrictions: Restrictions,
): Promise<void> {
  await sql`
    update payment_link_versions set config = config || ${sql.json({ restrictions })}
    where link_id = ${link.id}`
}

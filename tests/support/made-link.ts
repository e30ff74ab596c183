import type { LinkConfig } from '@/db/types'
import { linkLike } from './link-like'
import type { StackClient } from './stack'

export type MadeLink = { id: string; slug: string }

/** A link of its own that sells what the demo's quiet-machine sells, with other settings. */
export function makeLink(stack: Pick<StackClient, 'sql'>, settings: Partial<LinkConfig>): Promise<MadeLink> {
  return linkLike(stack, 'quiet-machine', settings)
}

/** Edits a link as the merchant would: a new version comes into force. */
export async function editLink(
  { sql }: Pick<StackClient, 'sql'>,
  { id }: MadeLink,
  settings: Partial<LinkConfig>,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`
      insert into payment_link_versions (link_id, version, config)
      select link_id, version + 1, config || ${tx.json(settings)} from payment_link_versions
      where link_id = ${id} order by version desc limit 1`
    await tx`update payment_links set version = version + 1 where id = ${id}`
  })
}

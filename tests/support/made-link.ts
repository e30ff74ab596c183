import { randomBytes } from 'node:crypto'
import type { LinkConfig } from '@/db/types'
import type { StackClient } from './stack'

export type MadeLink = { id: string; slug: string }

/** A link of its own that sells what the demo's quiet-machine sells, with other settings. */
export async function makeLink(
  { sql }: Pick<StackClient, 'sql'>,
  settings: Partial<LinkConfig>,
): Promise<MadeLink> {
  const [row] = await sql<{ config: LinkConfig }[]>`
    select v.config from payment_links l
    join payment_link_versions v on v.link_id = l.id and v.version = l.version
    where l.slug = 'quiet-machine'`
  if (!row) throw new Error('the demo catalogue is not there')
  const name = randomBytes(6).toString('hex')
  const link = { id: `plink_${name}`, slug: `made-${name}` }
  await sql.begin(async (tx) => {
    await tx`
      insert into payment_links (id, livemode, slug, signing_secret, created_via)
      values (${link.id}, false, ${link.slug}, 'lnksec_test', 'dashboard')`
    await tx`
      insert into payment_link_versions (link_id, version, config)
      values (${link.id}, 1, ${tx.json({ ...row.config, ...settings })})`
  })
  return link
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

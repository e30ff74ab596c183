import { randomBytes } from 'node:crypto'
import type { LinkConfig } from '@/db/types'
import type { StackClient } from './stack'

export type OwnLink = { id: string; slug: string; price: string }

/** A link of its own that is as one of the demo's, but for `change`. */
export async function linkLike(
  { sql }: Pick<StackClient, 'sql'>,
  slug: string,
  change: Partial<LinkConfig> | ((price: string) => Partial<LinkConfig>),
): Promise<OwnLink> {
  const [row] = await sql<{ config: LinkConfig }[]>`
    select v.config from payment_links l
    join payment_link_versions v on v.link_id = l.id and v.version = l.version
    where l.slug = ${slug}`
  const price = row?.config.line_items[0]?.price
  if (!row || !price) throw new Error('the demo catalogue is not there')
  const name = randomBytes(6).toString('hex')
  const link = { id: `plink_${name}`, slug: `own-${name}`, price }
  const config = { ...row.config, ...(typeof change === 'function' ? change(price) : change) }
  await sql.begin(async (tx) => {
    await tx`
      insert into payment_links (id, livemode, slug, signing_secret, created_via)
      values (${link.id}, false, ${link.slug}, 'lnksec_test', 'dashboard')`
    await tx`
      insert into payment_link_versions (link_id, version, config) values (${link.id}, 1, ${tx.json(config)})`
  })
  return link
}

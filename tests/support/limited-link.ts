import { randomBytes } from 'node:crypto'
import type { LinkConfig, Restrictions } from '@/db/types'
import type { StackClient } from './stack'

export type LimitedLink = { id: string; slug: string; price: string }

/** A link of its own that sells what the demo's quiet-machine sells, under `restrictions`. */
export async function limitedLink(
  { sql }: Pick<StackClient, 'sql'>,
  restrictions: Restrictions | ((price: string) => Restrictions),
): Promise<LimitedLink> {
  const [row] = await sql<{ config: LinkConfig }[]>`
    select v.config from payment_links l
    join payment_link_versions v on v.link_id = l.id and v.version = l.version
    where l.slug = 'quiet-machine'`
  const price = row?.config.line_items[0]?.price
  if (!row || !price) throw new Error('the demo catalogue is not there')
  const name = randomBytes(6).toString('hex')
  const link = { id: `plink_${name}`, slug: `limited-${name}`, price }
  const config = {
    ...row.config,
    restrictions: typeof restrictions === 'function' ? restrictions(price) : restrictions,
  }
  await sql.begin(async (tx) => {
    await tx`
      insert into payment_links (id, livemode, slug, signing_secret, created_via)
      values (${link.id}, false, ${link.slug}, 'lnksec_test', 'dashboard')`
    await tx`
      insert into payment_link_versions (link_id, version, config) values (${link.id}, 1, ${tx.json(config)})`
  })
  return link
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

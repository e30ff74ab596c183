import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@/scripts/build-state'
import type { Buyer } from './buyer'
import type { StackClient } from './stack'

type Manifest = { node: Record<string, { exportedName?: string }> }

let known: string | null = null

/** The name under which the build answers to a server action of the checkout page. */
function actionId(name: string): string {
  if (known) return known
  const file = join(root, '.next', 'server', 'server-reference-manifest.json')
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const [id] = Object.entries(node).find(([, action]) => action.exportedName === name) ?? []
  if (!id) throw new Error(`the build has no server action ${name}`)
  known = id
  return id
}

/** Presses pay, up to the point where the page would confirm: calls the page's server action as React does. */
export async function hold(
  stack: Pick<StackClient, 'baseUrl'>,
  buyer: Buyer,
  slug: string,
  session: string,
  headers: Record<string, string> = {},
): Promise<{ kind: string } & Record<string, unknown>> {
  return callHold(buyer, slug, [{ session }], { origin: stack.baseUrl, ...headers })
}

/** The same with any arguments and headers. */
export async function callHold(
  buyer: Buyer,
  slug: string,
  args: unknown[],
  headers: Record<string, string>,
): Promise<{ kind: string } & Record<string, unknown>> {
  const response = await buyer.fetch(`/${slug}`, {
    method: 'POST',
    headers: {
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': actionId('holdPlace'),
      ...headers,
    },
    body: JSON.stringify(args),
  })
  const text = await response.text()
  const [, value] = /^1:(\{.*\})$/m.exec(text) ?? []
  if (!value) throw new Error(`the action answered ${response.status}: ${text.slice(0, 300)}`)
  return JSON.parse(value)
}

/** How a link's counters differ from what its holds add up to; empty when they agree. */
export async function unsoundCounters({ sql }: Pick<StackClient, 'sql'>, linkId: string) {
  return sql`
    with held as (
      select p.key as scope, sum(p.value::int)::int as taken,
        coalesce(sum(p.value::int) filter (where h.state in ('sold', 'returned')), 0)::int as sold
      from place_holds h, jsonb_each_text(h.places) p
      where h.link_id = ${linkId} group by p.key
    )
    select c.scope, c.taken, c.sold, held.taken as held_taken, held.sold as held_sold
    from place_counters c left join held using (scope)
    where c.link_id = ${linkId}
      and (c.taken, c.sold) is distinct from (coalesce(held.taken, 0), coalesce(held.sold, 0))`
}

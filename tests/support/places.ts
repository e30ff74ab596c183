import { callAction } from './action'
import type { Buyer } from './buyer'
import type { StackClient } from './stack'

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
export function callHold(buyer: Buyer, slug: string, args: unknown[], headers: Record<string, string>) {
  return callAction(buyer, slug, 'holdPlace', args, headers)
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

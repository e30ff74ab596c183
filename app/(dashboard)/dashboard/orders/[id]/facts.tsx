import type { ReactNode } from 'react'
import type { OrderDetails } from '@/lib/orders/order-details'
import { Section } from './section'

/** Who bought, from which link and campaign, and what Stripe calls it. */
export function Facts({ order }: { order: OrderDetails }) {
  const method = order.paymentMethod
  const paidWith = method && [method.brand ?? method.type, method.last4 && `···· ${method.last4}`]
  const rows: [string, ReactNode][] = [
    ['Buyer', order.customerName],
    ['E-mail', order.customerEmail],
    ['Phone', order.customerPhone],
    ...details(order.buyerDetails),
    ['Paid with', paidWith?.filter(Boolean).join(' ').replaceAll('_', ' ')],
    ['Link', `${order.link.title} (version ${order.linkVersion})`],
    ['Reference', order.clientReferenceId],
    ...Object.entries(order.lastTouch).map(([name, value]): [string, ReactNode] => [name, value]),
    ...firstTouch(order),
    ['Checkout session', order.stripeSessionId],
    ['Payment', order.paymentIntentId],
    [
      'Subscription',
      order.subscriptionId && `${order.subscriptionId} (${order.subscriptionStatus ?? 'active'})`,
    ],
  ]
  return (
    <Section title="Details">
      <dl className="grid gap-2.5 text-sm">
        {rows
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt className="text-[13px] text-ink-2">{label}</dt>
              <dd className="whitespace-pre-line wrap-anywhere">{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  )
}

function details(buyer: OrderDetails['buyerDetails']): [string, ReactNode][] {
  if (!buyer) return []
  const { shipping, address, business_name, individual_name, tax_ids } = buyer
  return [
    ['Full name', individual_name],
    ['Business', business_name],
    ...tax_ids.map(({ type, value }): [string, ReactNode] => [
      type.toUpperCase().replaceAll('_', ' '),
      value,
    ]),
    ['Ship to', shipping && [shipping.name, ...lines(shipping.address)].filter(Boolean).join('\n')],
    ['Billing address', address && lines(address).join('\n')],
  ]
}

type Address = NonNullable<NonNullable<OrderDetails['buyerDetails']>['address']>

function lines({ line1, line2, postal_code, city, state, country }: Address): string[] {
  const place = [postal_code, city, state].filter(Boolean).join(' ')
  return [line1, line2, place, country].filter((line): line is string => Boolean(line))
}

/** Only where another campaign brought the buyer the first time. */
function firstTouch({ firstTouch: first, lastTouch: last }: OrderDetails): [string, ReactNode][] {
  if (JSON.stringify(first) === JSON.stringify(last)) return []
  return Object.entries(first).map(([name, value]) => [`First visit, ${name}`, value])
}

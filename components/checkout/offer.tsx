import type { PublicItem, PublicLink } from '@/lib/links/public'
import { recurringWords } from '../recurring'
import { ItemAmount, RecurringAmount, TotalAmount, Totals } from './amounts'
import { MerchantName } from './merchant-name'
import { ProductImage } from './product-image'
import { Quantity } from './quantity'
import { offerHeading } from './words'

/** What is bought and what it costs, complete in the server's HTML; only figures change later. */
export function Offer({ link }: { link: PublicLink }) {
  const { merchant, currency, items, recurring, amount_subtotal: amount } = link
  const [only] = items
  const alone = items.length === 1 && only !== undefined
  return (
    <div className="mx-auto w-full max-w-110 desk:mr-0">
      <div className="max-desk:hidden">
        <MerchantName name={merchant.name} />
        <p aria-hidden="true" className="mt-8 font-medium text-ink-2">
          {offerHeading(link, merchant.name)}
        </p>
        <p className="mt-0.5 text-[44px] leading-[1.15] font-semibold tracking-tight tabular-nums">
          <TotalAmount amount={amount} currency={currency} />
        </p>
        {recurring && (
          <p className="mt-1 text-sm text-ink-2 tabular-nums">
            <Recurrence link={link} />
          </p>
        )}
      </div>
      <ul className="grid gap-4 desk:mt-6">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one price may be sold in two lines, and lines never move.
          <Item key={`${item.price}-${index}`} item={item} index={index} currency={currency} />
        ))}
      </ul>
      <Totals amount={amount} currency={currency} alone={alone} recurring={recurring !== null} />
    </div>
  )
}

/** `then €9.00 per month`; nothing for a single payment. */
export function Recurrence({ link, brief = false }: { link: PublicLink; brief?: boolean }) {
  if (!link.recurring) return null
  return (
    <RecurringAmount
      amount={link.recurring.amount}
      today={link.amount_subtotal}
      currency={link.currency}
      interval={recurringWords(link.recurring)}
      brief={brief}
    />
  )
}

function Item({ item, index, currency }: { item: PublicItem; index: number; currency: string }) {
  return (
    <li className="grid grid-cols-[52px_minmax(0,1fr)_auto] items-start gap-3">
      <ProductImage src={item.image} />
      <div className="wrap-anywhere">
        <p className="font-semibold">
          {item.name}
          {!item.adjustable && item.quantity > 1 && (
            <span className="font-normal text-ink-2 tabular-nums"> × {item.quantity}</span>
          )}
        </p>
        {item.description && <p className="text-sm text-ink-2">{item.description}</p>}
        {item.adjustable && (
          <Quantity
            name={item.name}
            price={item.price}
            index={index}
            quantity={item.quantity}
            minimum={item.adjustable.minimum}
            maximum={item.adjustable.maximum}
          />
        )}
      </div>
      <p className="text-right tabular-nums">
        <ItemAmount
          price={item.price}
          index={index}
          quantity={item.quantity}
          unitAmount={item.unit_amount}
          currency={currency}
        />
        {item.recurring && (
          <span className="block text-[13px] text-ink-2">{recurringWords(item.recurring)}</span>
        )}
      </p>
    </li>
  )
}

import { useTranslations } from 'next-intl'
import type { PublicItem, PublicLink } from '@/lib/links/public'
import { useInterval } from '../interval'
import { ItemAmount, RecurringAmount, TotalAmount, Totals } from './amounts'
import { MerchantName } from './merchant-name'
import { ProductImage } from './product-image'
import { purposeOf } from './purpose'
import { Quantity } from './quantity'

/** What is bought and what it costs, complete in the server's HTML; only figures change later. */
export function Offer({ link }: { link: PublicLink }) {
  const { merchant, currency, items, recurring, amount_subtotal: amount } = link
  const t = useTranslations('offer')
  const [only] = items
  const alone = items.length === 1 && only !== undefined
  return (
    <div className="mx-auto w-full max-w-110 desk:me-0">
      <div className="max-desk:hidden">
        <MerchantName name={merchant.name} />
        <p aria-hidden="true" className="mt-8 font-medium text-ink-2">
          {t(`heading.${purposeOf(link)}`, { merchant: merchant.name })}
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
  const interval = useInterval()
  if (!link.recurring) return null
  return (
    <RecurringAmount
      amount={link.recurring.amount}
      today={link.amount_subtotal}
      currency={link.currency}
      interval={interval(link.recurring)}
      brief={brief}
    />
  )
}

function Item({ item, index, currency }: { item: PublicItem; index: number; currency: string }) {
  const interval = useInterval()
  return (
    <li className="grid grid-cols-[52px_minmax(0,1fr)_auto] items-start gap-3">
      <ProductImage src={item.image} />
      <div className="wrap-anywhere">
        <p className="font-semibold">
          <bdi>{item.name}</bdi>
          {!item.adjustable && item.quantity > 1 && (
            <span className="font-normal text-ink-2 tabular-nums"> × {item.quantity}</span>
          )}
        </p>
        {item.description && (
          <p dir="auto" className="text-start text-sm text-ink-2">
            {item.description}
          </p>
        )}
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
      <p className="text-end tabular-nums">
        <ItemAmount
          price={item.price}
          index={index}
          quantity={item.quantity}
          unitAmount={item.unit_amount}
          currency={currency}
        />
        {item.recurring && <span className="block text-[13px] text-ink-2">{interval(item.recurring)}</span>}
      </p>
    </li>
  )
}

import { useTranslations } from 'next-intl'
import type { PublicItem } from '@/lib/links/offer'
import type { PublicLink } from '@/lib/links/public'
import { useInterval } from '../interval'
import { ItemAmount, RecurringAmount, TotalAmount, Totals } from './amounts'
import type { BasketActions } from './basket'
import { useEstimate } from './estimate'
import { MerchantName } from './merchant-name'
import { AmountField, PromotionCode, Quantity, ShippingOptions } from './offer-parts'
import { OptionalItems } from './optional-items'
import { ProductImage } from './product-image'
import { purposeOf } from './purpose'

type Props = { link: PublicLink; actions: BasketActions }

/** What is bought and what it costs, complete in the server's HTML; only figures change later. */
export function Offer({ link, actions }: Props) {
  const { merchant, currency, items, recurring, shipping_options: rates } = link
  const t = useTranslations('offer')
  const estimate = useEstimate()
  const [only] = items
  const alone = items.length === 1 && only !== undefined
  return (
    <div className="mx-auto w-full max-w-110 desk:me-0">
      <div className="max-desk:hidden">
        <MerchantName name={merchant.name} logo={link.branding?.logo ?? null} />
        <p aria-hidden="true" className="mt-8 font-medium text-ink-2">
          {t(`heading.${purposeOf(link)}`, { merchant: merchant.name })}
        </p>
        <p className="mt-0.5 text-[44px] leading-[1.15] font-semibold tracking-tight tabular-nums">
          <TotalAmount amount={link.amount_due} currency={currency} />
        </p>
        {recurring && (
          <p className="mt-1 text-sm text-ink-2 tabular-nums">
            <Recurrence link={link} />
          </p>
        )}
      </div>
      <ul className="grid gap-4 desk:mt-6">
        {items.map((item, index) => (
          <Item key={item.price} item={item} index={index} currency={currency} actions={actions} />
        ))}
      </ul>
      <OptionalItems items={link.optional_items} currency={currency} changeItem={actions.changeItem} />
      {rates.length > 0 && (
        <ShippingOptions
          options={rates.map((rate) => ({ ...rate, estimate: estimate(rate.estimate) }))}
          currency={currency}
        />
      )}
      {link.allow_promotion_codes && <PromotionCode />}
      <Totals
        amount={link.amount_subtotal}
        currency={currency}
        shipping={rates[0]?.amount ?? null}
        taxed={link.automatic_tax}
        alone={alone}
        recurring={recurring !== null}
      />
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
      today={link.amount_due}
      currency={link.currency}
      interval={interval(link.recurring)}
      trial={link.trial_days}
      brief={brief}
    />
  )
}

type ItemProps = { item: PublicItem; index: number; currency: string; actions: BasketActions }

function Item({ item, index, currency, actions }: ItemProps) {
  const interval = useInterval()
  return (
    <li className="grid grid-cols-[52px_minmax(0,1fr)_auto] items-start gap-3">
      <ProductImage src={item.image} />
      <div className="wrap-anywhere">
        <p className="font-semibold">
          <bdi>{item.name}</bdi>
          {item.quantity > 1 && (
            <span
              className={`font-normal text-ink-2 tabular-nums ${item.adjustable ? 'hidden no-script:inline' : ''}`}
            >
              {` × ${item.quantity}`}
            </span>
          )}
        </p>
        {item.description && (
          <p className="text-sm text-ink-2">
            <bdi>{item.description}</bdi>
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
        {item.chosen && (
          <AmountField
            name={item.name}
            amount={item.unit_amount}
            minimum={item.chosen.minimum}
            maximum={item.chosen.maximum}
            currency={currency}
            chooseAmount={actions.chooseAmount}
          />
        )}
      </div>
      {!item.chosen && (
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
      )}
    </li>
  )
}

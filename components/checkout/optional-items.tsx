import { useTranslations } from 'next-intl'
import type { PublicItem } from '@/lib/links/offer'
import { useInterval } from '../interval'
import type { BasketActions } from './basket'
import { OptionalAmount, OptionalItem, Quantity } from './offer-parts'
import { ProductImage } from './product-image'

type Props = { items: PublicItem[]; currency: string; changeItem: BasketActions['changeItem'] }

/** What goes well with the items, each to be added by one press. */
export function OptionalItems({ items, currency, changeItem }: Props) {
  const t = useTranslations('optional')
  const interval = useInterval()
  if (items.length === 0) return null
  return (
    <ul aria-label={t('title')} className="mt-4 grid gap-3">
      {items.map((item) => (
        <OptionalItem
          key={item.price}
          price={item.price}
          name={item.name}
          quantity={item.quantity}
          changeItem={changeItem}
          image={<ProductImage src={item.image} />}
          adjust={
            item.adjustable && (
              <Quantity
                name={item.name}
                price={item.price}
                index={0}
                quantity={item.quantity}
                minimum={Math.max(item.adjustable.minimum, 1)}
                maximum={item.adjustable.maximum}
              />
            )
          }
        >
          <p className="font-semibold">
            <bdi>{item.name}</bdi>
            {item.quantity > 1 && <span className="font-normal text-ink-2"> × {item.quantity}</span>}
          </p>
          {item.description && (
            <p className="text-sm text-ink-2">
              <bdi>{item.description}</bdi>
            </p>
          )}
          <p className="text-sm tabular-nums text-ink-2">
            <OptionalAmount
              price={item.price}
              amount={item.unit_amount}
              quantity={item.quantity}
              currency={currency}
            />
            {item.recurring && <> {interval(item.recurring)}</>}
          </p>
        </OptionalItem>
      ))}
    </ul>
  )
}

import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatMoney, toDecimalString } from '@/lib/money'
import type { OrderDetails } from '@/lib/orders/order-details'
import { AcceptForm } from './accept-form'
import { recheck, refund } from './actions'
import { Section } from './section'

/** What can be done about an order. */
export function Deeds({ order }: { order: OrderDetails }) {
  return (
    <Section title="Actions">
      <div className="grid gap-4">
        {order.status === 'review' && <WhyHeld reasons={order.reviewReasons} />}
        {order.acceptable && <AcceptForm order={order} />}
        {order.refundable > 0 && <RefundForm order={order} />}
        <ActionForm action={recheck} className="grid gap-2">
          <input type="hidden" name="order" value={order.id} />
          <SubmitButton className={buttonClass('secondary', 'w-full text-sm')}>
            Re-check with Stripe
          </SubmitButton>
        </ActionForm>
      </div>
    </Section>
  )
}

function WhyHeld({ reasons }: { reasons: string[] }) {
  return (
    <div className="rounded-base bg-warn/10 px-3 py-2.5 text-sm">
      <p className="font-medium">Not fulfilled. Look at this first:</p>
      <ul className="mt-1 list-disc pl-5 wrap-anywhere">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}

function RefundForm({ order }: { order: OrderDetails }) {
  return (
    <ActionForm
      // A refund that changed the order begins a new form with what is left.
      key={order.moneyVersion}
      action={refund}
      values={{ amount: toDecimalString(order.refundable, order.currency) }}
      className="grid gap-3"
    >
      <input type="hidden" name="order" value={order.id} />
      <input type="hidden" name="seen" value={order.moneyVersion} />
      <Field
        name="amount"
        label={`Refund in ${order.currency.toUpperCase()}`}
        hint={`Up to ${formatMoney(order.refundable, order.currency)}. Stripe keeps its fee.`}
        autoComplete="off"
        inputMode="decimal"
      />
      <SubmitButton className={buttonClass('secondary', 'w-full text-sm')}>Refund</SubmitButton>
    </ActionForm>
  )
}

import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { CheckField } from '@/components/ui/check-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { OrderDetails } from '@/lib/orders/order-details'
import { accept } from './actions'

/** The way out of review: the order goes on as it is, after its reasons were looked at. */
export function AcceptForm({ order }: { order: OrderDetails }) {
  return (
    <ActionForm action={accept} className="grid gap-2">
      <input type="hidden" name="order" value={order.id} />
      <CheckField
        name="sure"
        label="I have looked at why it is held"
        hint="It is then fulfilled, and your systems are told it was paid. This cannot be undone."
      />
      <SubmitButton className={buttonClass('secondary', 'w-full text-sm')}>Accept this order</SubmitButton>
    </ActionForm>
  )
}

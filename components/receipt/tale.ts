import type { Receipt } from '@/lib/orders/receipt'

type Told = Pick<Receipt, 'status' | 'payment_method' | 'no_place' | 'amount_total' | 'amount_refunded'>

/** Ways to pay that the buyer still has to act on: the order waits for them, not for the bank. */
const vouchers = new Set(['boleto', 'customer_balance', 'konbini', 'multibanco', 'oxxo'])

/** Whether the buyer has, or is getting, all of their money back. */
export function isReturned({
  amount_total,
  amount_refunded,
}: Pick<Told, 'amount_total' | 'amount_refunded'>) {
  return amount_refunded > 0 && amount_refunded >= amount_total
}

/** Which heading and which sentence below it tell honestly where the money is: keys of the texts of `receipt`. */
export function tale(told: Told) {
  const { status, payment_method: method, no_place, amount_total } = told
  if (status === 'review' && no_place) {
    return { title: `${no_place}.title`, text: `${no_place}.text` } as const
  }
  if (isReturned(told)) return { title: 'returned.title', text: 'returned.text' } as const
  if (status === 'paid' && amount_total === 0) return { title: 'free.title', text: 'free.text' } as const
  const texts = {
    paid: null,
    pending: pendingText(method?.type ?? ''),
    review: 'review.text',
    failed: 'failed.text',
  } as const
  return { title: `${status}.title`, text: texts[status] } as const
}

function pendingText(type: string) {
  if (type === 'sepa_debit') return 'pending.debit'
  return vouchers.has(type) ? 'pending.voucher' : 'pending.text'
}

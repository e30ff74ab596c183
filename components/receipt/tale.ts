import type { Receipt } from '@/lib/orders/receipt'

type Told = Pick<Receipt, 'status' | 'payment_method' | 'no_place'>

/** Which heading and which sentence below it tell honestly where the money is: keys of the texts of `receipt`. */
export function tale({ status, payment_method: method, no_place }: Told) {
  if (status === 'review' && no_place) {
    return { title: `${no_place}.title`, text: `${no_place}.text` } as const
  }
  const texts = {
    paid: null,
    pending: method?.type === 'sepa_debit' ? 'pending.debit' : 'pending.text',
    review: 'review.text',
    failed: 'failed.text',
  } as const
  return { title: `${status}.title`, text: texts[status] } as const
}

import type { Receipt } from '@/lib/orders/receipt'

type Told = Pick<Receipt, 'status' | 'merchant' | 'payment_method' | 'no_place'>

/** The heading and the sentence below it, honest about where the money is. */
export function receiptWords({ status, merchant, payment_method: method, no_place }: Told): {
  title: string
  text: string
} {
  if (status === 'review' && no_place) return noPlaceWords[no_place]
  const slow =
    method?.type === 'sepa_debit' ? 'A direct debit takes 2 to 14 days.' : 'This can take some days.'
  return {
    paid: { title: 'Thank you. Your payment arrived.', text: '' },
    pending: {
      title: 'Your order is in. The money is on its way.',
      text: `${slow} There is nothing left for you to do, and no need to pay again.`,
    },
    review: {
      title: 'We received your payment and are checking it.',
      text: `${merchant.name} looks at this order by hand before it goes on. There is no need to pay again.`,
    },
    failed: {
      title: 'The payment failed.',
      text: 'The money did not arrive, and the order was not carried out.',
    },
  }[status]
}

const noPlaceWords = {
  refunding: {
    title: 'Sold out: your money is going back.',
    text: 'The last one was sold while your payment was on its way, so there is no order. We are sending all of it back; there is nothing you have to do.',
  },
  refunded: {
    title: 'Sold out: you have your money back.',
    text: 'The last one was sold while your payment was on its way, so there is no order. All of it has been refunded; banks take 5 to 10 days to show it.',
  },
}

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
}
const types: Record<string, string> = {
  card: 'card',
  ideal: 'iDEAL',
  bancontact: 'Bancontact',
  sepa_debit: 'SEPA direct debit',
  link: 'Link',
}

/** `Visa ···· 4242`, `iDEAL`; null where nothing is known. */
export function paymentMethodName(method: Receipt['payment_method']): string | null {
  if (!method) return null
  const name =
    (method.brand && brands[method.brand]) ?? types[method.type] ?? method.type.replaceAll('_', ' ')
  return method.last4 ? `${name} ···· ${method.last4}` : name
}

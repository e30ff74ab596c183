import type { Receipt } from '@/lib/orders/receipt'

type Told = Pick<Receipt, 'status' | 'merchant' | 'payment_method'>

/** The heading and the sentence below it, honest about where the money is. */
export function receiptWords({ status, merchant, payment_method: method }: Told): {
  title: string
  text: string
} {
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

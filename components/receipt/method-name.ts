import { useTranslations } from 'next-intl'
import type { Receipt } from '@/lib/orders/receipt'

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
}
const types: Record<string, string> = { ideal: 'iDEAL', bancontact: 'Bancontact', link: 'Link' }

/** `Visa ···· 4242`, `iDEAL`; null where nothing is known. */
export function useMethodName(method: Receipt['payment_method']): string | null {
  const t = useTranslations('receipt')
  if (!method) return null
  const words: Record<string, string> = { card: t('card'), sepa_debit: t('debit') }
  const name =
    (method.brand && brands[method.brand]) ??
    types[method.type] ??
    words[method.type] ??
    method.type.replaceAll('_', ' ')
  return method.last4 ? `${name} ···· ${method.last4}` : name
}

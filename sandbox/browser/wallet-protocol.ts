import type { Contact } from './protocol'

/** What the wallet's sheet shows of the session; sent again whenever it changes. */
export type WalletState = {
  key: string
  merchant: string
  /** Written for the reader, with its currency. */
  total: string
  /** Known already; the wallet tells its own otherwise. */
  email: string | null
  asksShipping: boolean
  asksPhone: boolean
  /** Where goods may be sent; null: everywhere. */
  countries: string[] | null
  options: { id: string; label: string; amount: string }[]
  chosen: string | null
}

export type WalletContact = Contact & { name: string }

/** What the wallet hands over once its owner has agreed. */
export type WalletPayment = {
  paymentMethod: string
  email: string
  phone: string | null
  billing: WalletContact
  shipping: WalletContact | null
}

export type ToWallet = { type: 'state'; state: WalletState } | { type: 'failed'; message: string }

export type FromWallet =
  | { type: 'height'; height: number }
  | { type: 'address'; contact: WalletContact }
  | { type: 'option'; id: string }
  | { type: 'pay'; payment: WalletPayment }
  | { type: 'cancel' }

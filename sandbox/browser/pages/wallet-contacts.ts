import type { WalletContact } from '../wallet-protocol'

const name = 'Jenny Rosen'
const at = (
  line1: string,
  postal_code: string,
  city: string,
  country: string,
  state: string | null = null,
): WalletContact => ({ name, address: { line1, line2: null, postal_code, city, state, country } })

const contacts: WalletContact[] = [
  at('Unter den Linden 1', '10117', 'Berlin', 'DE'),
  at('12 Rue de Rivoli', '75004', 'Paris', 'FR'),
  at('1 Kings Road', 'SW3 4RP', 'London', 'GB'),
  at('510 Townsend Street', '94103', 'San Francisco', 'US', 'CA'),
]

/** The addresses Sandbox Pay's owner has, those first that a shop sends to; one is made up where none fits. */
export function walletContacts(countries: string[] | null): WalletContact[] {
  const fitting = contacts.filter(({ address }) => countries === null || countries.includes(address.country))
  const [country] = countries ?? []
  return fitting.length > 0 || !country ? fitting : [at('1 Main Street', '10000', 'Springfield', country)]
}

export const walletEmail = 'jenny.rosen@example.com'
export const walletPhone = '+14155550100'

/** Cards in the wallet, by what becomes of them (Stripe, "Testing"). */
export const walletCards = [
  { number: '4242424242424242', label: 'Visa ending in 4242' },
  { number: '4000002760003184', label: 'Visa ending in 3184 (asks for 3-D Secure)' },
  { number: '4000000000009995', label: 'Visa ending in 9995 (insufficient funds)' },
]

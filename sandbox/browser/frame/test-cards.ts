import type { Words } from './words/en'

/** Cards whose outcome Stripe documents ("Testing"), in the order a newcomer wants to try them. */
export const testCards: { number: string; outcome: keyof Words['outcomes'] }[] = [
  { number: '4242424242424242', outcome: 'success' },
  { number: '4000002760003184', outcome: 'authenticate' },
  { number: '4000000000009995', outcome: 'insufficient' },
  { number: '4000000000000002', outcome: 'declined' },
  { number: '4000000000009987', outcome: 'lost' },
  { number: '4000000000000069', outcome: 'expired' },
  { number: '4000000000000127', outcome: 'wrongCvc' },
  { number: '4000000000000119', outcome: 'processing' },
  { number: '4000000000000259', outcome: 'disputed' },
]

export const testIban = 'DE89370400440532013000'

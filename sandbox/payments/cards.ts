/** What a test card does when it is charged. `decline:` is followed by Stripe's decline code. */
export type Behaviour =
  | 'succeed'
  | 'authenticate_unless_set_up'
  | 'authenticate'
  | 'authenticate_then_decline'
  | 'decline_on_charge'
  | 'dispute'
  | `decline:${string}`

type TestCard = { behaviour: Behaviour; country?: string }

/** Stripe's test numbers ("Testing", cards by response). */
const testCards: Record<string, TestCard> = {
  '4242424242424242': { behaviour: 'succeed' },
  '4000056655665556': { behaviour: 'succeed' },
  '5555555555554444': { behaviour: 'succeed' },
  '2223003122003222': { behaviour: 'succeed' },
  '5200828282828210': { behaviour: 'succeed' },
  '5105105105105100': { behaviour: 'succeed' },
  '378282246310005': { behaviour: 'succeed' },
  '371449635398431': { behaviour: 'succeed' },
  '6011111111111117': { behaviour: 'succeed' },
  '3056930009020004': { behaviour: 'succeed' },
  '36227206271667': { behaviour: 'succeed' },
  '3566002020360505': { behaviour: 'succeed' },
  '6200000000000005': { behaviour: 'succeed' },
  '4000002760000016': { behaviour: 'succeed', country: 'DE' },
  '4000002500003155': { behaviour: 'authenticate_unless_set_up', country: 'FR' },
  '4000002760003184': { behaviour: 'authenticate', country: 'DE' },
  '4000000000003220': { behaviour: 'authenticate' },
  '4000008400001629': { behaviour: 'authenticate_then_decline' },
  '4000000000000341': { behaviour: 'decline_on_charge' },
  '4000000000000259': { behaviour: 'dispute' },
  '4000000000000002': { behaviour: 'decline:generic_decline' },
  '4000000000009995': { behaviour: 'decline:insufficient_funds' },
  '4000000000009987': { behaviour: 'decline:lost_card' },
  '4000000000009979': { behaviour: 'decline:stolen_card' },
  '4000000000000069': { behaviour: 'decline:expired_card' },
  '4000000000000127': { behaviour: 'decline:incorrect_cvc' },
  '4000000000000119': { behaviour: 'decline:processing_error' },
}

/** Stripe's ready-made payment methods for tests (`pm_card_…`). */
export const paymentMethodAliases: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_visa_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_createDispute: '4000000000000259',
}

export function passesLuhn(number: string): boolean {
  let sum = 0
  for (let index = 0; index < number.length; index += 1) {
    const digit = Number(number[number.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Stripe's name of a card's brand, from its first digits. */
export function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return 'amex'
  if (/^(6011|65|64[4-9])/.test(number)) return 'discover'
  if (/^3(0[0-5]|[689])/.test(number)) return 'diners'
  if (/^35/.test(number)) return 'jcb'
  if (/^62/.test(number)) return 'unionpay'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  return number.startsWith('4') ? 'visa' : 'unknown'
}

export function testCard(number: string): { behaviour: Behaviour; country: string } {
  const found = testCards[number]
  return { behaviour: found?.behaviour ?? 'decline:test_mode_live_card', country: found?.country ?? 'US' }
}

/** The error of a decline: Stripe's code and sentence for a decline code. */
export function declineOf(declineCode: string): { code: string; message: string } {
  switch (declineCode) {
    case 'insufficient_funds':
      return { code: 'card_declined', message: 'Your card has insufficient funds.' }
    case 'expired_card':
      return { code: 'expired_card', message: 'Your card has expired.' }
    case 'incorrect_cvc':
      return { code: 'incorrect_cvc', message: "Your card's security code is incorrect." }
    case 'authentication_required':
      return {
        code: 'authentication_required',
        message:
          'Your card was declined. This transaction requires authentication. Please bring your customer back on-session to authenticate it.',
      }
    case 'processing_error':
      return {
        code: 'processing_error',
        message: 'An error occurred while processing your card. Try again in a little bit.',
      }
    case 'test_mode_live_card':
      return {
        code: 'card_declined',
        message: 'Your card was declined. Your request was in test mode, but used a non test card.',
      }
    default:
      return { code: 'card_declined', message: 'Your card was declined.' }
  }
}

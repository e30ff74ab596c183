'use client'

import type { StripeCheckoutTaxIdInfo } from '@stripe/stripe-js'
import type { Checkout } from '@/components/checkout/checkout-root'
import type { AnswerProblem } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import { taxIdTypes } from '@/lib/links/tax-ids'
import { type Bound, type Problems, useFields } from './use-fields'

/** No merchant's key has an underscore, so these can be none of theirs. */
export const contactKeys = {
  phone: '_phone',
  individualName: '_individual_name',
  businessName: '_business_name',
  taxIdType: '_tax_id_type',
  taxId: '_tax_id',
} as const

/** What Stripe keeps of a buyer and has no public element for: asked in fields of our own. */
export type ContactForm = {
  bind: (key: keyof typeof contactKeys) => Bound
  /** Kinds of tax ID in the buyer's country; empty while it is not known or where there are none. */
  taxIdTypes: string[]
  check: () => boolean
  /** Tells Stripe a tax ID as soon as it is whole: it may change the total. */
  tellTaxId: () => void
  /**
   * Tells Stripe all of it; beside a wallet, which brings the phone number, what has been filled in.
   * `total`: what is due has changed by it, so the buyer has to look again.
   */
  sync: (checkout: Checkout, byWallet: boolean) => Promise<'wrong' | 'total' | null>
}

const required: AnswerProblem = { code: 'required' }
const noTaxId: AnswerProblem = { code: 'tax_id' }

export function useContact(asked: Asked, slug: string, checkout: Checkout | null): ContactForm {
  const country = (checkout?.shippingAddress ?? checkout?.billingAddress)?.address.country
  const types = asked.tax_id !== 'no' && country ? taxIdTypes(country) : []
  const known = {
    [contactKeys.phone]: checkout?.phoneNumber ?? '',
    [contactKeys.individualName]: checkout?.nameCollection?.individualName ?? '',
    [contactKeys.businessName]: checkout?.nameCollection?.businessName ?? checkout?.businessName ?? '',
    [contactKeys.taxIdType]: checkout?.taxIdInfo?.taxId.type ?? '',
    [contactKeys.taxId]: checkout?.taxIdInfo?.taxId.value ?? '',
  }
  const { values, bind, mark, show } = useFields(slug, known, (key, value) =>
    problemOf(key, String(value).trim()),
  )
  const text = (key: keyof typeof contactKeys) => String(values[contactKeys[key]] ?? '').trim()
  const type = types.find((one) => one === text('taxIdType')) ?? types[0]

  function problemOf(key: string, value: string): AnswerProblem | null {
    switch (key) {
      case contactKeys.phone:
        if (!asked.phone) return null
        return value === '' ? required : isPhone(value) ? null : { code: 'phone' }
      case contactKeys.individualName:
        return asked.individual_name === 'required' && value === '' ? required : null
      case contactKeys.businessName: {
        const isNeeded = asked.business_name === 'required' || (type && text('taxId') !== '')
        return isNeeded && value === '' ? required : null
      }
      case contactKeys.taxId:
        return asked.tax_id === 'required' && type && value === '' ? required : null
      default:
        return null
    }
  }

  function taxIdInfo(): StripeCheckoutTaxIdInfo | null {
    const value = text('taxId')
    return type && value !== '' ? { taxId: { type, value }, businessName: text('businessName') } : null
  }

  async function updateTaxId(checkout: Checkout): Promise<'kept' | 'wrong' | 'total'> {
    const info = taxIdInfo()
    if (JSON.stringify(info) === JSON.stringify(checkout.taxIdInfo)) return 'kept'
    const due = checkout.total.total.minorUnitsAmount
    const result = await checkout.updateTaxIdInfo(info)
    if (result.type === 'success') {
      return result.session.total.total.minorUnitsAmount === due ? 'kept' : 'total'
    }
    return 'wrong'
  }

  return {
    bind: (key) => bind(contactKeys[key]),
    taxIdTypes: types,
    check: () => {
      const found = Object.values(contactKeys).flatMap((key) => {
        const problem = problemOf(key, String(values[key] ?? '').trim())
        return problem ? [[key, problem] as const] : []
      })
      return show(Object.fromEntries(found) satisfies Problems)
    },
    tellTaxId: () => {
      if (!checkout || !taxIdInfo()?.businessName) return
      updateTaxId(checkout).then(
        (result) => result === 'wrong' && mark(contactKeys.taxId, noTaxId),
        // Told again before the payment, where it counts.
        () => {},
      )
    },
    sync: async (checkout, byWallet) => {
      const { phoneNumber, nameCollection } = checkout
      const [phone, individual, business] = [text('phone'), text('individualName'), text('businessName')]
      if (asked.phone && !byWallet && phone !== phoneNumber) await checkout.updatePhoneNumber(phone)
      if (asked.individual_name !== 'no' && individual !== (nameCollection?.individualName ?? '')) {
        await checkout.updateIndividualName(individual || null)
      }
      if (asked.business_name !== 'no' && business !== (nameCollection?.businessName ?? '')) {
        await checkout.updateBusinessName(business || null)
      }
      const isHalf = byWallet && text('businessName') === ''
      const taxId = asked.tax_id !== 'no' && !isHalf ? await updateTaxId(checkout) : 'kept'
      if (taxId === 'wrong') show({ [contactKeys.taxId]: noTaxId })
      return taxId === 'kept' ? null : taxId
    },
  }
}

/** Digits as they are written anywhere, with or without the country; Stripe keeps what was typed. */
function isPhone(value: string): boolean {
  return /^\+?\p{Nd}{5,15}$/u.test(value.replace(/[\s().\-/]/g, ''))
}

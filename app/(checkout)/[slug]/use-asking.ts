'use client'

import type { Checkout } from '@/components/checkout/checkout-root'
import type { Answers } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import { forgetDraft } from './draft'
import type { HoldRefusal } from './hold-call'
import { type AnswerForm, useAnswers } from './use-answers'
import { type ContactForm, useContact } from './use-contact'

/** Why what was filled in cannot be paid for yet; `wrong` is said beside the fields. */
export type AskingRefusal = 'wrong' | 'total' | HoldRefusal

/** All the link asks of a buyer beside the payment, as far as Stripe has no element for it. */
export type Asking = {
  answers: AnswerForm
  contact: ContactForm
  /** Whether all is filled in well; if not, it is said beside the fields, and the first has the focus. */
  check: () => boolean
  /** Hands it to Stripe and to our server just before the payment. Null when the payment may go on. */
  save: (checkout: Checkout) => Promise<AskingRefusal | null>
  /** Called when the buyer goes on for good. */
  forget: () => void
}

/** @param saved answers the server has from an earlier attempt, in this tab or in another */
export function useAsking(asked: Asked, session: string, checkout: Checkout | null, saved: Answers): Asking {
  const contact = useContact(asked, session, checkout)
  const answers = useAnswers(asked, session, saved)
  return {
    answers,
    contact,
    check: () => [contact.check(), answers.check()].every(Boolean),
    save: async (current) => (await contact.sync(current)) ?? answers.save(current),
    forget: () => forgetDraft(session),
  }
}

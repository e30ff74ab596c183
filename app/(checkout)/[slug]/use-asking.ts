'use client'

import type { Checkout } from '@/components/checkout/checkout-root'
import type { Answers } from '@/lib/checkout/answer-rules'
import type { Asked } from '@/lib/links/asked'
import type { Asking } from './asking'
import { type AnswerForm, useAnswers } from './use-answers'
import { type ContactForm, useContact } from './use-contact'

/** All the link asks of a buyer beside the payment, as far as Stripe has no element for it. */
type AskingForms = Asking & { answers: AnswerForm; contact: ContactForm }

/** @param saved answers the server has from an earlier attempt, in this tab or in another */
export function useAsking(
  asked: Asked,
  slug: string,
  checkout: Checkout | null,
  saved: Answers,
): AskingForms {
  const contact = useContact(asked, slug, checkout)
  const answers = useAnswers(asked, slug, saved)
  return {
    answers,
    contact,
    check: (byWallet) => [byWallet || contact.check(), answers.check()].every(Boolean),
    save: async (current, byWallet) => (await contact.sync(current, byWallet)) ?? answers.save(current),
  }
}

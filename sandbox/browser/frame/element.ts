import type { BillingDetails, Collected, ElementSetup, ElementState, Twin } from '../protocol'
import type { Words } from './words/en'

/** What every element inside an iframe is given. */
export type FrameContext = {
  setup: ElementSetup
  words: Words
  language: string
  /** Tells the page that a value changed. */
  changed: () => void
  /** Asks the page to remove a saved payment method. */
  remove: (id: string) => void
  /** Asks the page to open the wallet. */
  press: () => void
  /** Asks the page for another currency. */
  choose: (currency: string) => void
}

export type Summary = { complete: boolean; empty: boolean; fields: Record<string, unknown> }

/** What every element inside an iframe can do. */
export type FrameElement = {
  root: HTMLElement
  show: (state: ElementState) => void
  configure: (options: Record<string, unknown>) => void
  summary: () => Summary
  /** Shows what is wrong beside each field, and goes to the first if asked to; null where nothing is. */
  validate: (focus: boolean) => string | null
  focus: () => void
  clear: () => void
  lock: (locked: boolean) => void
  collapse?: () => void
  /** What goes with the `ready` event. */
  announcement?: () => Record<string, unknown>
  /** What stands in the other address element; null where there is none. */
  accompany?: (twin: Twin | null) => void
  problem?: (code: string, message: string) => void
  collect?: (billing: BillingDetails) => Promise<Collected>
}

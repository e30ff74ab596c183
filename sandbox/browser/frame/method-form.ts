import type { BillingDetails, ElementState, SavedMethod } from '../protocol'

/** One way to pay, as the payment element shows it. */
export type MethodForm = {
  /** Unique among the ways shown: its type, or the id of a saved method. */
  id: string
  type: string
  title: string
  /** The method it stands for, where one exists already. */
  saved: SavedMethod | null
  /** The fields; and a line below the element that helps a newcomer. */
  body: HTMLElement
  hint: HTMLElement | null
  show: (state: ElementState) => void
  configure: (options: PaymentOptions) => void
  complete: () => boolean
  empty: () => boolean
  validate: (focus: boolean) => string | null
  /** Parameters of the payment method, and what the form itself knows of the billing details. */
  details: () => { parameters: Record<string, unknown>; billing: BillingDetails }
  /** A billing detail that is needed, switched off by `never`, and known from nowhere else. */
  missing: (billing: BillingDetails) => string | null
  focus: () => void
  clear: () => void
  lock: (locked: boolean) => void
  problem: (code: string, message: string) => boolean
}

/** The part of the Payment Element's options that the sandbox honours. */
export type PaymentOptions = {
  layout: 'accordion' | 'tabs'
  collapsed: boolean
  radios: boolean
  spaced: boolean
  order: string[]
  cardTerms: 'auto' | 'always' | 'never'
  readOnly: boolean
  never: { name: boolean; email: boolean; address: boolean }
}

type Loose = Record<string, unknown>
const asObject = (value: unknown): Loose => (typeof value === 'object' && value ? (value as Loose) : {})

export function paymentOptions(options: Loose): PaymentOptions {
  const layout = typeof options.layout === 'string' ? { type: options.layout } : asObject(options.layout)
  const billing = asObject(options.fields).billingDetails
  const details = asObject(billing)
  const address = details.address
  const never = (value: unknown) => billing === 'never' || value === 'never'
  return {
    layout: 'type' in layout && layout.type === 'tabs' ? 'tabs' : 'accordion',
    collapsed: 'defaultCollapsed' in layout && layout.defaultCollapsed === true,
    radios: !('radios' in layout && (layout.radios === 'never' || layout.radios === false)),
    spaced: 'spacedAccordionItems' in layout && layout.spacedAccordionItems === true,
    order: Array.isArray(options.paymentMethodOrder) ? options.paymentMethodOrder.map(String) : [],
    cardTerms:
      asObject(options.terms).card === 'always'
        ? 'always'
        : asObject(options.terms).card === 'never'
          ? 'never'
          : 'auto',
    readOnly: options.readOnly === true,
    never: {
      name: never(details.name),
      email: never(details.email),
      address: never(address) || asObject(address).country === 'never',
    },
  }
}

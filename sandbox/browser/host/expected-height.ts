import { likelyCountry, usesState } from '../frame/countries'
import type { ElementKind, ElementState } from '../protocol'
import type { ElementMode } from './element'

const cardFields = 193
const postalRow = 80
const accordionRow = 49
const accordionFrame = 15
const tabsRow = 62
const fieldRow = 80.2
const sameBox = 52
const freeNote = 71
const savedOpen = 87
const savedAboveTabs = 171
const saveBox = 38

type Loose = Record<string, unknown>
type Expected = {
  kind: ElementKind
  mode: ElementMode
  state: ElementState | null
  options: Loose
  locale: string
  /** The box says that the other address element's address is meant. */
  follows: boolean
}

function paymentHeight(state: ElementState | null, options: Loose): number {
  const { layout } = options
  const type = typeof layout === 'object' && layout && 'type' in layout ? layout.type : layout
  const saved = state?.saved.length ?? 0
  const methods = (state?.methods.length ?? 1) + saved
  if (state && !state.needsMethod) return freeNote
  if (saved > 0 && type === 'tabs') return savedAboveTabs + accordionRow * saved
  if (saved > 0) return savedOpen + accordionRow * methods
  const fields =
    cardFields +
    (state?.currency === 'usd' && !state.addressElsewhere ? postalRow : 0) +
    (state?.offersSave ? saveBox : 0)
  if (methods < 2) return fields
  return type === 'tabs' ? fields + tabsRow : fields + accordionFrame + accordionRow * methods
}

const rowsHeight = (rows: number) => Math.ceil(fieldRow * rows - 4)

function addressHeight({ mode, state, options, locale, follows }: Expected): number {
  if (follows) return sameBox
  const known = mode === 'shipping' ? state?.shippingAddress : state?.billingAddress
  const country = known?.address.country ?? likelyCountry(locale)
  const phone = (options.fields as Loose | undefined)?.phone === 'always'
  return rowsHeight(5 + Number(usesState(country)) + Number(phone))
}

function expressHeight(state: ElementState | null, { buttonHeight }: Loose): number {
  if (state && (state.wallets.length === 0 || !state.needsMethod)) return 8
  return (Number(buttonHeight) || 44) + 8
}

/**
 * Pixels an element takes at first under the default appearance, measured; so that the page around it keeps its
 * place while the iframe loads. Afterwards the element says its height itself.
 */
export function expectedHeight(expected: Expected): number {
  const { kind, state, options } = expected
  if (kind === 'taxId') return state?.collectsTaxId === false ? 8 : rowsHeight(2)
  if (kind === 'currencySelector') return (state?.currencies.length ?? 0) > 1 ? 52 : 8
  if (kind === 'expressCheckout') return expressHeight(state, options)
  if (kind === 'payment') return paymentHeight(state, options)
  if (kind === 'address') return addressHeight(expected)
  return state?.emailLocked ? 101 : 77
}

import type { ElementKind, ElementState } from '../protocol'

const cardFields = 193
const postalRow = 80
const accordionRow = 49
const accordionFrame = 15
const tabsRow = 62

function paymentHeight(state: ElementState | null, options: Record<string, unknown>): number {
  const { layout } = options
  const type = typeof layout === 'object' && layout && 'type' in layout ? layout.type : layout
  const methods = state?.methods.length ?? 1
  const fields = cardFields + (state?.currency === 'usd' && !state.addressElsewhere ? postalRow : 0)
  if (methods < 2) return fields
  return type === 'tabs' ? fields + tabsRow : fields + accordionFrame + accordionRow * methods
}

/**
 * Pixels an element takes at first under the default appearance, measured; so that the page around it keeps its
 * place while the iframe loads. Afterwards the element says its height itself.
 */
export function expectedHeight(
  kind: ElementKind,
  state: ElementState | null,
  options: Record<string, unknown>,
): number {
  if (kind === 'payment') return paymentHeight(state, options)
  if (kind === 'address') return 398
  return state?.emailLocked ? 101 : 77
}

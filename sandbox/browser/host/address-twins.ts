import type { Twin } from '../protocol'
import type { ElementMode, HostElement } from './element'

/** Which of two address elements carries the box that says both are the same (Stripe's `syncAddressCheckbox`). */
export type TwinCarrier = 'billing' | 'shipping' | 'none'

/** What the element with the box may follow; null for every other element, and where one stands alone. */
export function twinOf(element: HostElement, elements: HostElement[], carrier: TwinCarrier): Twin | null {
  if (element.mode === null || element.mode !== carrier) return null
  const other = elements.find(({ mode }) => mode !== null && mode !== carrier)
  if (!other) return null
  const value = other.value() as Partial<Twin['value']>
  const { name = '', phone, address = { country: '' } } = value
  return { complete: other.isComplete(), value: { name, address, ...(phone ? { phone } : {}) } }
}

/** Tells the element with the box what stands in the other one now. */
export function shareTwins(elements: HostElement[], carrier: TwinCarrier): void {
  const carrying = elements.find(({ mode }: { mode: ElementMode }) => mode !== null && mode === carrier)
  carrying?.send({ type: 'twin', twin: twinOf(carrying, elements, carrier) })
}

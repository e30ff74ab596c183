import type { Appearance } from '@stripe/stripe-js'
import { IntegrationError } from '../api-client'
import type { ElementKind, ElementState, Font } from '../protocol'
import { shareTwins, type TwinCarrier, twinOf } from './address-twins'
import { type ElementMode, type ElementSurroundings, type HostElement, hostElement } from './element'

type SetOptions = Pick<
  ElementSurroundings,
  'origin' | 'key' | 'locale' | 'loader' | 'onRemove' | 'onPress' | 'onCurrency'
> & {
  appearance: Appearance
  fonts: Font[]
  carrier: TwinCarrier
  /** What the elements show; null until it is known. */
  state: (elements: HostElement[]) => ElementState | null
  /** Something was typed or chosen. */
  onChange: (element: HostElement) => void
  /** Elements came or went. */
  onMembers: () => void
}

/** The elements of one page that belong together: they share state, appearance and fonts. */
export type ElementSet = {
  all: HostElement[]
  /** Throws IntegrationError for a second element of the same type. */
  create: (kind: ElementKind, mode: ElementMode, options?: object) => HostElement['facade']
  find: (kind: ElementKind, mode: ElementMode) => HostElement['facade'] | null
  /** Shows what is known now. */
  share: () => void
  changeAppearance: (next: Appearance) => void
  loadFonts: (more: Font[]) => void
}

export function elementSet(options: SetOptions): ElementSet {
  const { origin, key, locale, loader, carrier, onMembers } = options
  const all: HostElement[] = []
  let { appearance, fonts } = options

  const share = () => {
    const state = options.state(all)
    if (!state) return
    for (const element of all) element.send({ type: 'state', state })
    shareTwins(all, carrier)
  }
  const surroundings: ElementSurroundings = {
    origin,
    key,
    locale,
    loader,
    appearance: () => appearance,
    fonts: () => fonts,
    state: () => options.state(all),
    twin: (element) => twinOf(element, all, carrier),
    onChange: (element) => {
      options.onChange(element)
      if (element.mode) shareTwins(all, carrier)
    },
    onRemove: options.onRemove,
    onPress: options.onPress,
    onCurrency: options.onCurrency,
    onDestroy: (element) => {
      all.splice(all.indexOf(element), 1)
      share()
      onMembers()
    },
  }
  const find = (kind: ElementKind, mode: ElementMode) =>
    all.find((element) => element.kind === kind && element.mode === mode)?.facade ?? null

  return {
    all,
    find,
    share,
    create: (kind, mode, elementOptions = {}) => {
      if (find(kind, mode)) throw new IntegrationError(`Can only create one Element of type ${mode ?? kind}.`)
      const element = hostElement(kind, mode, { ...elementOptions }, surroundings)
      all.push(element)
      share()
      onMembers()
      return element.facade
    },
    changeAppearance: (next) => {
      appearance = next
      for (const element of all) element.send({ type: 'appearance', appearance })
    },
    loadFonts: (more) => {
      fonts = [...fonts, ...more]
      for (const element of all) element.send({ type: 'fonts', fonts: more })
    },
  }
}

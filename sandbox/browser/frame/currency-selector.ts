import type { ElementState } from '../protocol'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'

/** The Currency Selector Element: the total in each currency the session can be paid in; hidden where it is one. */
export function currencySelectorElement({ words, choose }: FrameContext): FrameElement {
  const root = h('div', { class: 'CurrencySelectorElement' })
  const group = h('div', { class: 'currencies', role: 'radiogroup', 'aria-label': words.currency })
  let radios: HTMLInputElement[] = []
  let drawn = ''

  const draw = ({ currencies }: ElementState) => {
    radios = currencies.map(({ currency }) =>
      h('input', { type: 'radio', name: 'currency', value: currency }),
    )
    const rows = currencies.map(({ currency, amount }, index) => {
      const radio = radios[index] as HTMLInputElement
      radio.addEventListener('change', () => choose(currency))
      return h(
        'label',
        { class: 'currency' },
        radio,
        h('span', {}, amount),
        h('span', { class: 'code' }, currency.toUpperCase()),
      )
    })
    group.replaceChildren(...rows)
    root.replaceChildren(...(currencies.length > 1 ? [group] : []))
  }
  return {
    root,
    show: (state) => {
      const now = JSON.stringify(state.currencies)
      if (now !== drawn) {
        const focused = radios.find((radio) => radio === document.activeElement)?.value
        draw(state)
        radios.find(({ value }) => value === focused)?.focus()
      }
      drawn = now
      for (const radio of radios) radio.checked = radio.value === state.currency
    },
    configure: () => undefined,
    summary: () => ({ complete: true, empty: false, fields: {} }),
    validate: () => null,
    focus: () => (radios.find(({ checked }) => checked) ?? radios[0])?.focus(),
    clear: () => undefined,
    lock: (locked) => {
      for (const radio of radios) radio.disabled = locked
    },
  }
}

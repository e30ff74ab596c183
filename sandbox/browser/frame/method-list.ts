import { h } from './dom'
import type { MethodForm, PaymentOptions } from './method-form'
import type { Words } from './words/en'

export type MethodList = {
  root: HTMLElement
  arrange: (forms: MethodForm[], options: PaymentOptions) => void
  open: (form: MethodForm | null) => void
  focus: () => void
  lock: (locked: boolean) => void
}

/**
 * The choice between ways to pay: native radio buttons, so that arrow keys and screen readers just work,
 * drawn as an accordion or as tabs. A single way is shown without a choice.
 */
export function methodList(words: Words, choose: (type: string) => void): MethodList {
  const root = h('div', { class: 'methods', role: 'radiogroup', 'aria-label': words.chooseMethod })
  const radios = new Map<string, HTMLInputElement>()
  let items = new Map<string, HTMLElement>()

  const head = (form: MethodForm, dots: boolean) => {
    const radio = h('input', { type: 'radio', name: 'method', value: form.type, id: `method-${form.type}` })
    radio.addEventListener('change', () => choose(form.type))
    radios.set(form.type, radio)
    return h(
      'label',
      { class: `head${dots ? '' : ' dotless'}`, for: radio.id },
      radio,
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('span', { class: 'name' }, words.methods[form.type]),
      h('span', { class: `logo logo-${form.type}`, 'aria-hidden': 'true' }),
    )
  }
  const accordion = (forms: MethodForm[], { radios: dots }: PaymentOptions) => {
    for (const form of forms) {
      const item = h('div', { class: 'AccordionItem' }, head(form, dots), form.body)
      items.set(form.type, item)
      root.append(item)
    }
  }
  const tabs = (forms: MethodForm[]) => {
    const row = h('div', { class: 'tab-row' })
    root.append(row)
    for (const form of forms) {
      const tab = h('div', { class: 'Tab' }, head(form, false))
      items.set(form.type, tab)
      row.append(tab)
    }
    root.append(...forms.map(({ body }) => body))
  }

  let shown: MethodForm[] = []
  return {
    root,
    arrange: (forms, options) => {
      shown = forms
      items = new Map()
      radios.clear()
      root.replaceChildren()
      const [only] = forms
      root.className = 'methods'
      if (only && forms.length === 1) {
        root.classList.add('single')
        root.append(only.body)
        return
      }
      root.classList.add(options.layout)
      root.classList.toggle('spaced', options.spaced)
      if (options.layout === 'tabs') tabs(forms)
      else accordion(forms, options)
    },
    open: (form) => {
      for (const each of shown) {
        const selected = each === form
        const radio = radios.get(each.type)
        if (radio) radio.checked = selected
        each.body.hidden = !selected
        const item = items.get(each.type)
        item?.classList.toggle(`${item.classList[0]}--selected`, selected)
      }
    },
    focus: () => radios.values().next().value?.focus(),
    lock: (locked) => {
      for (const radio of radios.values()) radio.disabled = locked
    },
  }
}

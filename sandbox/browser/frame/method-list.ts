import { h } from './dom'
import type { MethodForm, PaymentOptions } from './method-form'
import type { Words } from './words/en'

export type MethodList = {
  root: HTMLElement
  arrange: (forms: MethodForm[], options: PaymentOptions) => void
  /** Opens one way to pay; `below` stands under its fields. */
  open: (form: MethodForm | null, below: HTMLElement[]) => void
  focus: () => void
  lock: (locked: boolean) => void
}

/**
 * The choice between ways to pay: native radio buttons, so that arrow keys and screen readers just work,
 * drawn as an accordion or as tabs. A single way is shown without a choice.
 */
export function methodList(words: Words, choose: (id: string) => void): MethodList {
  const root = h('div', { class: 'methods' })
  const radios = new Map<string, HTMLInputElement>()
  const panels = new Map<string, HTMLElement>()
  let items = new Map<string, HTMLElement>()

  const head = (form: MethodForm, dots: boolean) => {
    const radio = h('input', { type: 'radio', name: 'method', value: form.id, id: `method-${form.id}` })
    radio.addEventListener('change', () => choose(form.id))
    radios.set(form.id, radio)
    return h(
      'label',
      { class: `head${dots ? '' : ' dotless'}`, for: radio.id },
      radio,
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('span', { class: 'name' }, form.title),
      h('span', { class: `logo logo-${form.type}`, 'aria-hidden': 'true' }),
    )
  }
  const panel = (form: MethodForm) => {
    const made = h('div', { class: 'panel' }, form.body)
    panels.set(form.id, made)
    return made
  }
  const accordion = (forms: MethodForm[], dots: boolean) =>
    forms.map((form) => {
      const item = h('div', { class: 'AccordionItem' }, head(form, dots), panel(form))
      items.set(form.id, item)
      return item
    })
  const tabs = (forms: MethodForm[]) => {
    const row = h('div', { class: 'tab-row' })
    for (const form of forms) {
      const tab = h('div', { class: 'Tab' }, head(form, false))
      items.set(form.id, tab)
      row.append(tab)
    }
    return [row, ...forms.map(panel)]
  }

  let shown: MethodForm[] = []
  return {
    root,
    arrange: (forms, options) => {
      shown = forms
      items = new Map()
      radios.clear()
      panels.clear()
      const [only] = forms
      root.className = 'methods'
      root.removeAttribute('role')
      root.removeAttribute('aria-label')
      if (!only || forms.length === 1) {
        root.classList.add('single')
        root.replaceChildren(...forms.map(panel))
        return
      }
      root.setAttribute('role', 'radiogroup')
      root.setAttribute('aria-label', words.chooseMethod)
      root.classList.add(options.layout)
      root.classList.toggle('spaced', options.spaced)
      const saved = forms.filter((form) => form.saved !== null)
      const fresh = forms.filter((form) => form.saved === null)
      if (options.layout === 'accordion') root.replaceChildren(...accordion(forms, options.radios))
      else if (saved.length === 0) root.replaceChildren(...tabs(fresh))
      else root.replaceChildren(h('div', { class: 'saved' }, ...accordion(saved, true)), ...tabs(fresh))
    },
    open: (form, below) => {
      for (const each of shown) {
        const selected = each === form
        const radio = radios.get(each.id)
        if (radio) radio.checked = selected
        const place = panels.get(each.id)
        if (place) place.hidden = !selected
        // Forms share names of fields: only the open one stands in the page.
        place?.replaceChildren(...(selected ? [each.body, ...below] : []))
        const item = items.get(each.id)
        item?.classList.toggle(`${item.classList[0]}--selected`, selected)
      }
    },
    focus: () => radios.values().next().value?.focus(),
    lock: (locked) => {
      for (const radio of radios.values()) radio.disabled = locked
    },
  }
}

import { h } from './dom'

export type Checkbox = {
  root: HTMLElement
  checked: () => boolean
  set: (checked: boolean) => void
  lock: (locked: boolean) => void
}

/** A labelled box, dressed by `.Checkbox`, `.CheckboxInput` and `.CheckboxLabel` (Stripe's Appearance API). */
export function checkbox(name: string, label: string, changed: () => void): Checkbox {
  const input = h('input', { type: 'checkbox', class: 'CheckboxInput', id: `box-${name}`, name })
  input.addEventListener('change', changed)
  return {
    root: h(
      'div',
      { class: 'Checkbox' },
      input,
      h('label', { class: 'CheckboxLabel', for: input.id }, label),
    ),
    checked: () => input.checked,
    set: (checked) => {
      input.checked = checked
    },
    lock: (locked) => {
      input.disabled = locked
    },
  }
}

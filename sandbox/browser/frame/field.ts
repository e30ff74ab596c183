import { h } from './dom'

type Control = HTMLInputElement | HTMLSelectElement
type Choice = { value: string; label: string }

export type Field = {
  root: HTMLElement
  control: Control
  value: () => string
  set: (value: string) => void
  /** Another name for the field. */
  label: (text: string) => void
  /** Other choices for a select; its value stays where it is among them. */
  offer: (choices: Choice[]) => void
  /** Shows an error, or takes it away. */
  say: (error: string | null) => void
  /** The error as it stands now, shown at once. */
  check: () => string | null
  isValid: () => boolean
  lock: (locked: boolean) => void
}

type FieldOptions = {
  name: string
  label: string
  /** The error of a value, null where it is good. */
  problem: (value: string) => string | null
  changed: () => void
  hint?: string
  autocomplete?: string
  inputmode?: string
  type?: string
  wide?: boolean
  /** Rewrites the text while it is typed. */
  format?: (text: string, deleting: boolean) => string
  /** Stands inside the box at its end. */
  badge?: HTMLElement
  choices?: Choice[]
}

const significant = /[0-9a-z]/gi
const countSignificant = (text: string) => text.match(significant)?.length ?? 0

/** The place in `text` after as many letters and digits as stood before the caret. */
function caretAfter(text: string, signs: number): number {
  let seen = 0
  for (let index = 0; index < text.length; index += 1) {
    if (seen === signs) return index
    if (/[0-9a-z]/i.test(text[index] ?? '')) seen += 1
  }
  return text.length
}

function reformat(input: HTMLInputElement, format: NonNullable<FieldOptions['format']>, deleting: boolean) {
  const caret = input.selectionStart ?? input.value.length
  const atEnd = caret === input.value.length
  const signs = countSignificant(input.value.slice(0, caret))
  const next = format(input.value, deleting)
  if (next === input.value) return
  input.value = next
  const place = atEnd ? next.length : caretAfter(next, signs)
  if (document.activeElement === input) input.setSelectionRange(place, place)
}

const optionsOf = (choices: Choice[]) => choices.map(({ value, label }) => h('option', { value }, label))

function makeControl(id: string, options: FieldOptions): Control {
  const { name, autocomplete, choices } = options
  const common = { id, name, autocomplete, 'aria-describedby': `${id}-error` }
  if (choices) {
    return h('select', { ...common, class: 'Input' }, ...optionsOf(choices))
  }
  return h('input', {
    ...common,
    class: 'Input',
    type: options.type ?? 'text',
    inputmode: options.inputmode,
    placeholder: options.hint ?? ' ',
    autocapitalize: 'off',
    autocorrect: 'off',
    spellcheck: 'false',
  })
}

/** A labelled input or select with room for its error in words. Errors wait until the field is left. */
export function field(options: FieldOptions): Field {
  const id = `field-${options.name}`
  const control = makeControl(id, options)
  const error = h('p', { id: `${id}-error`, class: 'Error', role: 'alert' })
  const label = h('label', { for: id, class: 'Label' }, options.label)
  const root = h(
    'div',
    { class: `Field${options.wide ? ' wide' : ''}${options.choices ? ' choice' : ''}` },
    label,
    h('div', { class: 'box' }, control, options.badge),
    error,
  )
  const problem = () => options.problem(control.value)
  const say = (text: string | null) => {
    error.textContent = text ?? ''
    control.classList.toggle('Input--invalid', text !== null)
    if (text === null) control.removeAttribute('aria-invalid')
    else control.setAttribute('aria-invalid', 'true')
  }
  control.addEventListener('input', (event) => {
    const deleting = event instanceof InputEvent && event.inputType.startsWith('delete')
    if (control instanceof HTMLInputElement && options.format) reformat(control, options.format, deleting)
    if (error.textContent && problem() === null) say(null)
    options.changed()
  })
  control.addEventListener('change', () => {
    if (control.value.trim()) say(problem())
    options.changed()
  })

  return {
    root,
    control,
    say,
    value: () => control.value.trim(),
    set: (value) => {
      control.value = options.format ? options.format(value, false) : value
      say(null)
    },
    label: (text) => {
      label.textContent = text
    },
    offer: (choices) => {
      const before = control.value
      control.replaceChildren(...optionsOf(choices))
      control.value = choices.some(({ value }) => value === before) ? before : (choices[0]?.value ?? '')
    },
    check: () => {
      const text = problem()
      say(text)
      return text
    },
    isValid: () => problem() === null,
    lock: (locked) => {
      // A disabled input would drop the keyboard's place; only a select knows no other way.
      if (control instanceof HTMLInputElement) control.readOnly = locked
      else control.disabled = locked
    },
  }
}

/** Checks all fields and returns the first error, its field focused if asked for. */
export function checkFields(fields: Field[], focus: boolean): string | null {
  const wrong = fields.map((each) => ({ each, error: each.check() })).filter(({ error }) => error !== null)
  if (focus) wrong[0]?.each.control.focus()
  return wrong[0]?.error ?? null
}

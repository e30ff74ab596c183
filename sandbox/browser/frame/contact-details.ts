import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { checkFields, field } from './field'

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/

/** The Contact Details Element: the e-mail address of the session. */
export function contactDetailsElement({ words, setup, changed }: FrameContext): FrameElement {
  const email = field({
    name: 'email',
    label: words.email,
    type: 'email',
    inputmode: 'email',
    autocomplete: 'email',
    wide: true,
    problem: (text) => (emailPattern.test(text.trim()) ? null : words.errors.incompleteEmail),
    changed,
  })
  const note = h('p', { class: 'note', hidden: true }, words.emailLocked)
  const defaults = setup.options.defaultValues as { email?: string } | undefined
  let known = defaults?.email ?? ''
  email.set(known)
  let isSet = false

  return {
    root: h('div', { class: 'ContactDetailsElement' }, email.root, note),
    show: (state) => {
      // Only an address the buyer has not touched is replaced: the session lags behind the typing.
      if (state.email && email.value() === known) email.set(state.email)
      known = state.email ?? known
      isSet = state.emailLocked
      email.lock(isSet)
      note.hidden = !isSet
    },
    configure: () => undefined,
    summary: () => ({
      complete: email.isValid(),
      empty: email.value() === '',
      fields: { value: { email: email.value() } },
    }),
    validate: (focus) => checkFields([email], focus),
    focus: () => email.control.focus(),
    clear: () => {
      email.set('')
      changed()
    },
    lock: (locked) => email.lock(locked || isSet),
  }
}

import { fill, h } from './dom'
import type { FrameContext } from './element'
import { checkFields, type Field, field } from './field'
import { compactIban, formatIban, ibanProblem } from './iban'
import type { MethodForm } from './method-form'
import { testIban } from './test-cards'

const nothing = () => undefined

/** iDEAL asks for nothing here: the bank is chosen on the page the buyer is sent to. */
export function idealForm({ words }: FrameContext): MethodForm {
  return {
    id: 'ideal',
    type: 'ideal',
    title: words.methods.ideal,
    saved: null,
    body: h('div', { class: 'fields' }, h('p', { class: 'note wide' }, words.idealNote)),
    hint: null,
    show: nothing,
    configure: nothing,
    complete: () => true,
    empty: () => false,
    validate: () => null,
    details: () => ({ parameters: {}, billing: {} }),
    missing: () => null,
    focus: nothing,
    clear: nothing,
    lock: nothing,
    problem: () => false,
  }
}

/** The name of an account's holder. */
function holderField({ words, changed }: FrameContext): Field {
  return field({
    name: 'name',
    label: words.fullName,
    autocomplete: 'name',
    wide: true,
    problem: (text) => (text.trim().length > 1 ? null : words.errors.incompleteName),
    changed,
  })
}

/** Bancontact needs the account holder's name (Stripe, "Bancontact payments"), then goes to the bank's page. */
export function bancontactForm(context: FrameContext): MethodForm {
  const { words } = context
  const name = holderField(context)
  const note = h('p', { class: 'note wide' }, words.idealNote)
  const body = h('div', { class: 'fields' }, name.root, note)
  let never = { name: false }
  return {
    id: 'bancontact',
    type: 'bancontact',
    title: words.methods.bancontact,
    saved: null,
    body,
    hint: null,
    show: ({ billingAddress }) => {
      if (!name.value() && billingAddress?.name) name.set(billingAddress.name)
    },
    configure: (options) => {
      never = options.never
      body.replaceChildren(...(never.name ? [] : [name.root]), note)
    },
    complete: () => never.name || name.isValid(),
    empty: () => !never.name && name.value() === '',
    validate: (focus) => (never.name ? null : checkFields([name], focus)),
    details: () => ({ parameters: {}, billing: never.name ? {} : { name: name.value() } }),
    missing: (billing) => (never.name && !billing.name ? 'name' : null),
    focus: () => name.control.focus(),
    clear: () => {
      name.set('')
      context.changed()
    },
    lock: (locked) => name.lock(locked),
    problem: () => false,
  }
}

/** SEPA direct debit: IBAN, the account holder's name, and the mandate the buyer gives by paying. */
export function sepaForm(context: FrameContext): MethodForm {
  const { words, changed } = context
  const { errors } = words
  const iban = field({
    name: 'iban',
    label: words.iban,
    hint: 'DE00 0000 0000 0000 0000 00',
    inputmode: 'text',
    wide: true,
    format: formatIban,
    problem: (text) => {
      const key = ibanProblem(text)
      return key && errors[key]
    },
    changed,
  })
  const name = holderField(context)
  const mandate = h('p', { class: 'note wide' })
  const body = h('div', { class: 'fields' })
  let never = { name: false, email: false }
  const fields = () => (never.name ? [iban] : [iban, name])
  const arrange = () => body.replaceChildren(...fields().map(({ root }) => root), mandate)

  const helper = h('button', { type: 'button', class: 'link' }, words.useTestIban)
  helper.addEventListener('click', () => {
    iban.set(testIban)
    if (!name.value()) name.set('Jenny Rosen')
    changed()
  })

  return {
    id: 'sepa_debit',
    type: 'sepa_debit',
    title: words.methods.sepa_debit,
    saved: null,
    body,
    hint: h('div', { class: 'hints' }, helper, h('p', {}, words.testIbanNote)),
    show: ({ merchant, billingAddress }) => {
      mandate.textContent = fill(words.mandate, { merchant })
      if (!name.value() && billingAddress?.name) name.set(billingAddress.name)
    },
    configure: (options) => {
      never = options.never
      arrange()
    },
    complete: () => fields().every((each) => each.isValid()),
    empty: () => iban.value() === '' && name.value() === '',
    validate: (focus) => checkFields(fields(), focus),
    details: () => ({
      parameters: { sepa_debit: { iban: compactIban(iban.value()) } },
      billing: never.name ? {} : { name: name.value() },
    }),
    missing: (billing) => {
      if (never.name && !billing.name) return 'name'
      return never.email && !billing.email ? 'email' : null
    },
    focus: () => iban.control.focus(),
    clear: () => {
      for (const each of [iban, name]) each.set('')
      changed()
    },
    lock: (locked) => {
      for (const each of [iban, name]) each.lock(locked)
    },
    problem: (code, message) => {
      if (code === 'invalid_bank_account_iban') iban.say(message)
      return code === 'invalid_bank_account_iban'
    },
  }
}

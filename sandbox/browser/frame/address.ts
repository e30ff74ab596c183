import { countryChoices, likelyCountry, usesPostalCode, usesState } from './countries'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { checkFields, type Field, field } from './field'

/** The Address Element, for a billing or a shipping address. */
export function addressElement({ words, setup, changed }: FrameContext): FrameElement {
  const section = setup.mode === 'shipping' ? 'shipping' : 'billing'
  const required = (text: string) => (text.trim() ? null : words.errors.missing)
  const make = (
    name: string,
    label: string,
    autocomplete: string,
    more: { wide?: boolean; optional?: boolean } = {},
  ) =>
    field({
      name,
      label,
      autocomplete: `${section} ${autocomplete}`,
      wide: more.wide ?? false,
      problem: more.optional ? () => null : required,
      changed,
    })
  const name = make('name', words.fullName, 'name', { wide: true })
  const country = field({
    name: 'country',
    label: words.country,
    autocomplete: `${section} country`,
    wide: true,
    choices: countryChoices(setup.locale),
    problem: required,
    changed: () => {
      arrange()
      changed()
    },
  })
  country.set(likelyCountry(setup.locale))
  const line1 = make('line1', words.line1, 'address-line1', { wide: true })
  const line2 = make('line2', words.line2, 'address-line2', { wide: true, optional: true })
  const postalCode = make('postalCode', words.addressPostalCode, 'postal-code')
  const city = make('city', words.city, 'address-level2')
  const state = make('state', words.state, 'address-level1', { wide: true })
  const texts = { name, line1, line2, postal_code: postalCode, city, state }

  const fields = (): Field[] => [
    name,
    country,
    line1,
    line2,
    ...(usesPostalCode(country.value()) ? [postalCode] : []),
    city,
    ...(usesState(country.value()) ? [state] : []),
  ]
  const body = h('div', { class: 'fields' })
  const arrange = () => {
    const wanted = fields().map(({ root }) => root)
    wanted.forEach((root, index) => {
      if (body.children[index] !== root) body.insertBefore(root, body.children[index] ?? null)
    })
    while (body.children.length > wanted.length) body.lastElementChild?.remove()
    city.root.classList.toggle('wide', !usesPostalCode(country.value()))
  }
  arrange()

  const isEmpty = () => Object.values(texts).every((each) => each.value() === '')
  const value = () => ({
    name: name.value(),
    address: {
      country: country.value(),
      line1: line1.value(),
      line2: line2.value() || null,
      city: city.value(),
      postal_code: usesPostalCode(country.value()) ? postalCode.value() : '',
      state: usesState(country.value()) ? state.value() : '',
    },
  })

  return {
    root: h('div', { class: 'AddressElement' }, body),
    show: (session) => {
      const contact = section === 'shipping' ? session.shippingAddress : session.billingAddress
      if (!contact || !isEmpty()) return
      country.set(contact.address.country)
      name.set(contact.name ?? '')
      for (const key of ['line1', 'line2', 'postal_code', 'city', 'state'] as const) {
        texts[key].set(contact.address[key] ?? '')
      }
      arrange()
    },
    configure: () => undefined,
    summary: () => ({
      complete: fields().every((each) => each.isValid()),
      empty: isEmpty(),
      fields: { isNewAddress: true, value: value() },
    }),
    validate: (focus) => checkFields(fields(), focus),
    focus: () => name.control.focus(),
    clear: () => {
      for (const each of Object.values(texts)) each.set('')
      changed()
    },
    lock: (locked) => {
      for (const each of fields()) each.lock(locked)
    },
  }
}

import { countryChoices, likelyCountry, usesPostalCode, usesState } from './countries'
import { h } from './dom'
import type { FrameContext } from './element'
import { type Field, field } from './field'

/** Which of an address's fields are asked for. `countries`: null offers all. */
export type AddressOptions = {
  name: 'full' | 'split' | 'organization' | 'never'
  phone: 'required' | 'optional' | null
  countries: string[] | null
}

export type AddressValue = {
  name: string
  firstName?: string
  lastName?: string
  phone?: string
  address: {
    country: string
    line1: string
    line2: string | null
    city: string
    postal_code: string
    state: string
  }
}

/** What is known of an address already; what is absent stays empty. */
export type KnownAddress = {
  name?: string | null
  firstName?: string | null
  lastName?: string | null
  phone?: string | null
  address?: { [part in keyof AddressValue['address']]?: string | null } | null
}

/** The fields of one address, arranged as its country writes them. */
export type AddressForm = {
  root: HTMLElement
  fields: () => Field[]
  isEmpty: () => boolean
  value: () => AddressValue
  fill: (known: KnownAddress) => void
  arrange: (options: AddressOptions) => void
  clear: () => void
  lock: (locked: boolean) => void
}

const phonePattern = /^\+?[\d\s()./-]{5,24}$/
const lines = ['line1', 'line2', 'postal_code', 'city', 'state'] as const

/** Stripe keeps one name; its first word stands for the first name where two fields ask for it. */
function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  return { firstName, lastName: rest.join(' ') }
}

export function addressForm(
  { words, setup, changed }: Pick<FrameContext, 'words' | 'setup' | 'changed'>,
  section: 'billing' | 'shipping',
): AddressForm {
  let options: AddressOptions = { name: 'full', phone: null, countries: null }
  const make = (
    name: string,
    label: string,
    autocomplete: string,
    more: { narrow?: boolean; optional?: boolean } = {},
  ) =>
    field({
      name,
      label,
      autocomplete: `${section} ${autocomplete}`,
      wide: !more.narrow,
      problem: (text) => (more.optional || text.trim() ? null : words.errors.missing),
      changed,
    })
  const name = make('name', words.fullName, 'name')
  const firstName = make('firstName', words.firstName, 'given-name', { narrow: true })
  const lastName = make('lastName', words.lastName, 'family-name', { narrow: true })
  const country = field({
    name: 'country',
    label: words.country,
    autocomplete: `${section} country`,
    wide: true,
    choices: countryChoices(setup.locale, null),
    problem: (code) => (code ? null : words.errors.missing),
    changed: () => {
      order()
      changed()
    },
  })
  const texts = {
    line1: make('line1', words.line1, 'address-line1'),
    line2: make('line2', words.line2, 'address-line2', { optional: true }),
    postal_code: make('postalCode', words.addressPostalCode, 'postal-code', { narrow: true }),
    city: make('city', words.city, 'address-level2', { narrow: true }),
    state: make('state', words.state, 'address-level1'),
  }
  const phone = field({
    name: 'phone',
    label: words.phone,
    type: 'tel',
    inputmode: 'tel',
    autocomplete: `${section} tel`,
    wide: true,
    problem: (text) => {
      if (!text.trim() && options.phone === 'optional') return null
      return phonePattern.test(text.trim()) ? null : words.errors.incompletePhone
    },
    changed,
  })
  country.set(likelyCountry(setup.locale))

  const names = () => {
    if (options.name === 'never') return []
    return options.name === 'split' ? [firstName, lastName] : [name]
  }
  const fields = (): Field[] => [
    ...names(),
    country,
    texts.line1,
    texts.line2,
    ...(usesPostalCode(country.value()) ? [texts.postal_code] : []),
    texts.city,
    ...(usesState(country.value()) ? [texts.state] : []),
    ...(options.phone ? [phone] : []),
  ]
  const root = h('div', { class: 'fields' })
  const order = () => {
    const wanted = fields().map((each) => each.root)
    wanted.forEach((node, index) => {
      if (root.children[index] !== node) root.insertBefore(node, root.children[index] ?? null)
    })
    while (root.children.length > wanted.length) root.lastElementChild?.remove()
    texts.city.root.classList.toggle('wide', !usesPostalCode(country.value()))
  }
  const typed = () => [name, firstName, lastName, phone, ...Object.values(texts)]
  order()

  return {
    root,
    fields,
    isEmpty: () => typed().every((each) => each.value() === ''),
    value: () => {
      const isSplit = options.name === 'split'
      const parts = { firstName: firstName.value(), lastName: lastName.value() }
      return {
        name: isSplit ? `${parts.firstName} ${parts.lastName}`.trim() : name.value(),
        ...(isSplit ? parts : {}),
        ...(options.phone ? { phone: phone.value() } : {}),
        address: {
          country: country.value(),
          line1: texts.line1.value(),
          line2: texts.line2.value() || null,
          city: texts.city.value(),
          postal_code: usesPostalCode(country.value()) ? texts.postal_code.value() : '',
          state: usesState(country.value()) ? texts.state.value() : '',
        },
      }
    },
    fill: (known) => {
      const full = known.name ?? [known.firstName, known.lastName].filter(Boolean).join(' ')
      const parts = splitName(full)
      name.set(full)
      firstName.set(known.firstName ?? parts.firstName)
      lastName.set(known.lastName ?? parts.lastName)
      phone.set(known.phone ?? '')
      const place = known.address?.country
      if (place && (!options.countries || options.countries.includes(place))) country.set(place)
      for (const key of lines) texts[key].set(known.address?.[key] ?? '')
      order()
    },
    arrange: (next) => {
      const countriesDiffer = next.countries?.join() !== options.countries?.join()
      options = next
      name.label(next.name === 'organization' ? words.nameOrOrganization : words.fullName)
      phone.label(next.phone === 'optional' ? words.phoneOptional : words.phone)
      if (countriesDiffer) country.offer(countryChoices(setup.locale, next.countries))
      order()
    },
    clear: () => {
      for (const each of typed()) each.set('')
    },
    lock: (locked) => {
      for (const each of fields()) each.lock(locked)
    },
  }
}

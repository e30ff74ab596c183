import type { ElementState, Twin } from '../protocol'
import { type AddressOptions, addressForm, type KnownAddress } from './address-form'
import { checkbox } from './checkbox'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { checkFields } from './field'

type Loose = Record<string, unknown>
const asObject = (value: unknown): Loose => (typeof value === 'object' && value ? (value as Loose) : {})

/** The part of the Address Element's options that the sandbox honours, with what the session asks for. */
function addressOptions(
  given: Loose,
  mode: 'billing' | 'shipping',
  state: ElementState | null,
): AddressOptions {
  const { name: display } = asObject(given.display)
  const { name, phone } = asObject(given.fields)
  const { required } = asObject(asObject(given.validation).phone)
  const own = Array.isArray(given.allowedCountries) ? given.allowedCountries.map(String) : null
  return {
    name: name === 'never' ? 'never' : display === 'split' || display === 'organization' ? display : 'full',
    phone: phone !== 'always' ? null : required === 'always' || state?.asksPhone ? 'required' : 'optional',
    countries: (mode === 'shipping' ? state?.shippingCountries : null) ?? own,
  }
}

const samePlace = (left: KnownAddress | null, right: KnownAddress | null) =>
  JSON.stringify([left?.name, left?.address]) === JSON.stringify([right?.name, right?.address])

/** The Address Element, for a billing or a shipping address; beside its twin it can follow that one. */
export function addressElement({ words, setup, changed }: FrameContext): FrameElement {
  const mode = setup.mode === 'shipping' ? 'shipping' : 'billing'
  const form = addressForm({ words, setup, changed }, mode)
  const same = checkbox('same', words.sameAs[mode], () => {
    isTouched = true
    arrange()
  })
  const root = h('div', { class: 'AddressElement' }, form.root)
  let options = setup.options
  let state: ElementState | null = null
  let twin: Twin | null = null
  let isFirst = true
  /** Who clears the box is about to type another address. */
  let isTouched = false
  same.set(true)

  /** An address that lies where nothing is sent cannot be followed. */
  const isOffered = () => {
    const { countries } = addressOptions(options, mode, state)
    return twin !== null && (countries === null || countries.includes(twin.value.address.country))
  }
  const follows = () => isOffered() && same.checked()
  const arrange = () => {
    form.arrange(addressOptions(options, mode, state))
    if (isOffered() && same.root.parentElement !== root) root.prepend(same.root)
    else if (!isOffered()) same.root.remove()
    form.root.hidden = follows()
    changed()
  }
  arrange()
  form.fill(asObject(setup.options.defaultValues))

  return {
    root,
    show: (next) => {
      state = next
      arrange()
      const own = mode === 'shipping' ? next.shippingAddress : next.billingAddress
      const other = mode === 'shipping' ? next.billingAddress : next.shippingAddress
      if (isFirst && own && other) same.set(samePlace(own, other))
      // What the session knows comes before what the page suggested.
      if (own && (isFirst || (form.isEmpty() && !isTouched))) form.fill({ ...own, phone: next.phone })
      isFirst = false
      arrange()
    },
    accompany: (next) => {
      twin = next
      arrange()
    },
    configure: (next) => {
      options = next
      arrange()
    },
    summary: () =>
      twin && follows()
        ? {
            complete: twin.complete,
            empty: !twin.complete,
            fields: { isNewAddress: true, value: twin.value },
          }
        : {
            complete: form.fields().every((each) => each.isValid()),
            empty: form.isEmpty(),
            fields: { isNewAddress: true, value: form.value() },
          },
    // What is wrong in the other element is said there.
    validate: (focus) => (follows() ? null : checkFields(form.fields(), focus)),
    focus: () => (follows() ? same.root.querySelector('input') : form.fields()[0]?.control)?.focus(),
    clear: () => {
      form.clear()
      changed()
    },
    lock: (locked) => {
      same.lock(locked)
      form.lock(locked)
    },
  }
}

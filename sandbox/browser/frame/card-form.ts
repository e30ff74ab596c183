import { brandOf, cardNumberProblem, digitsOf, formatCardNumber } from './card-number'
import { countryChoices } from './countries'
import { h } from './dom'
import type { FrameContext } from './element'
import { expiryProblem, formatExpiry, parseExpiry } from './expiry'
import { checkFields, type Field, field } from './field'
import type { MethodForm } from './method-form'
import { testCardList } from './test-card-list'

/** Where Stripe asks a card's holder for a postal code (clover: the United States only). */
const asksPostalCode = (country: string) => country === 'US'

const fieldOfCode: Record<string, 'number' | 'expiry' | 'cvc'> = {
  incorrect_number: 'number',
  invalid_number: 'number',
  invalid_expiry_month: 'expiry',
  invalid_expiry_year: 'expiry',
  expired_card: 'expiry',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
}

export function cardForm({ words, setup, changed }: FrameContext): MethodForm {
  const { errors } = words
  const badge = h('span', { class: 'brand', 'aria-hidden': 'true' })
  const showBrand = () => {
    const { id, label } = brandOf(digitsOf(number.value()))
    badge.className = `brand brand-${id}`
    badge.textContent = label
  }
  const number = field({
    name: 'number',
    label: words.cardNumber,
    hint: '1234 1234 1234 1234',
    autocomplete: 'cc-number',
    inputmode: 'numeric',
    wide: true,
    badge,
    format: formatCardNumber,
    problem: (text) => {
      const key = cardNumberProblem(text)
      return key && errors[key]
    },
    changed: () => {
      showBrand()
      changed()
    },
  })
  const expiry = field({
    name: 'expiry',
    label: words.expiry,
    hint: words.expiryHint,
    autocomplete: 'cc-exp',
    inputmode: 'numeric',
    format: formatExpiry,
    problem: (text) => {
      const key = expiryProblem(text, new Date())
      return key && errors[key]
    },
    changed,
  })
  const cvcLength = () => brandOf(digitsOf(number.value())).cvcLength
  const cvc = field({
    name: 'cvc',
    label: words.cvc,
    hint: words.cvcHint,
    autocomplete: 'cc-csc',
    inputmode: 'numeric',
    format: (text) => digitsOf(text).slice(0, cvcLength()),
    problem: (text) => (text.length === cvcLength() ? null : errors.incompleteCvc),
    changed,
  })
  const country = field({
    name: 'country',
    label: words.country,
    autocomplete: 'billing country',
    choices: countryChoices(setup.locale, null),
    problem: () => null,
    changed: () => {
      arrange()
      changed()
    },
  })
  country.set('US')
  const postalCode = field({
    name: 'postalCode',
    label: words.postalCode,
    hint: '12345',
    autocomplete: 'billing postal-code',
    inputmode: 'numeric',
    problem: (text) => (/^\d{5}(-?\d{4})?$/.test(text.trim()) ? null : errors.incompletePostalCode),
    changed,
  })

  let asksCountry = false
  let currency = ''
  let elsewhere = false
  let neverAddress = false
  const fields = (): Field[] => [
    number,
    expiry,
    cvc,
    ...(asksCountry ? [country] : []),
    ...(asksCountry && asksPostalCode(country.value()) ? [postalCode] : []),
  ]
  const body = h('div', { class: 'fields' })
  const arrange = () => {
    asksCountry = currency === 'usd' && !elsewhere && !neverAddress
    const wanted = fields().map(({ root }) => root)
    for (const child of [...body.children]) if (!wanted.includes(child as HTMLElement)) child.remove()
    for (const root of wanted) if (root.parentElement !== body) body.append(root)
    country.root.classList.toggle('wide', !asksPostalCode(country.value()))
  }
  arrange()

  const use = (testNumber: string) => {
    const nextYear = (new Date().getFullYear() + 3) % 100
    number.set(testNumber)
    expiry.set(`12${String(nextYear).padStart(2, '0')}`)
    cvc.set('123')
    if (fields().includes(postalCode)) postalCode.set('10001')
    showBrand()
    changed()
  }

  const form: MethodForm = {
    id: 'card',
    type: 'card',
    title: words.methods.card,
    saved: null,
    body,
    hint: testCardList(words, use),
    show: (state) => {
      form.title = state.saved.length > 0 ? words.newCard : words.methods.card
      currency = state.currency
      elsewhere = state.addressElsewhere
      arrange()
    },
    configure: ({ never }) => {
      neverAddress = never.address
      arrange()
    },
    complete: () => fields().every((each) => each.isValid()),
    empty: () => [number, expiry, cvc].every((each) => each.value() === ''),
    validate: (focus) => checkFields(fields(), focus),
    details: () => {
      const date = parseExpiry(expiry.value())
      const address = {
        country: country.value(),
        postal_code: fields().includes(postalCode) ? postalCode.value() : null,
      }
      return {
        parameters: {
          card: {
            number: digitsOf(number.value()),
            exp_month: date?.month,
            exp_year: date?.year,
            cvc: cvc.value(),
          },
        },
        billing: asksCountry ? { address } : {},
      }
    },
    missing: (billing) => (neverAddress && !billing.address?.country ? 'address.country' : null),
    focus: () => number.control.focus(),
    clear: () => {
      for (const each of [number, expiry, cvc, postalCode]) each.set('')
      showBrand()
      changed()
    },
    lock: (locked) => {
      for (const each of fields()) each.lock(locked)
    },
    problem: (code, message) => {
      const name = fieldOfCode[code]
      if (name) ({ number, expiry, cvc })[name].say(message)
      return name !== undefined
    },
  }
  return form
}

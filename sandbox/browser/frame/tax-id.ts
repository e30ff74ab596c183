import type { ElementState } from '../protocol'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { checkFields, type Field, field } from './field'
import { plainTaxId, type TaxIdKind, taxIdKinds } from './tax-id-types'

type Loose = Record<string, unknown>
const asObject = (value: unknown): Loose => (typeof value === 'object' && value ? (value as Loose) : {})

function kindChoices(locale: string) {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const order = new Intl.Collator(locale)
  return taxIdKinds
    .map(({ type, country, short }) => ({ value: String(type), label: `${names.of(country)} (${short})` }))
    .sort((left, right) => order.compare(left.label, right.label))
}

/** The Tax ID Element: a business and its number; hidden where the session collects none. */
export function taxIdElement({ words, setup, changed }: FrameContext): FrameElement {
  let options = setup.options
  let state: ElementState | null = null
  let isChosen = false
  let refused: string | null = null

  const requires = (name: 'taxId' | 'businessName') =>
    asObject(asObject(options.validation)[name]).required === 'always'
  const edited = () => {
    refused = null
    changed()
  }
  const business = field({
    name: 'businessName',
    label: words.businessName,
    autocomplete: 'organization',
    wide: true,
    problem: (text) => {
      const isNeeded = requires('businessName') || (asksName() && number.value() !== '')
      return text.trim() || !isNeeded ? null : words.errors.missing
    },
    changed: edited,
  })
  const kind = field({
    name: 'taxIdType',
    label: words.taxIdType,
    choices: kindChoices(setup.locale),
    problem: () => null,
    changed: () => {
      isChosen = true
      showExample()
      edited()
    },
  })
  const number = field({
    name: 'taxId',
    label: words.taxId,
    hint: ' ',
    inputmode: 'text',
    problem: (text) => {
      if (!text.trim()) return requires('taxId') ? words.errors.missing : null
      return current().pattern.test(plainTaxId(text)) ? refused : words.errors.incompleteTaxId
    },
    changed: edited,
  })
  const current = () => taxIdKinds.find(({ type }) => type === kind.value()) ?? (taxIdKinds[0] as TaxIdKind)
  const asksName = () => asObject(options.fields).businessName !== 'never'
  const fields = (): Field[] => [...(asksName() ? [business] : []), kind, number]
  const showExample = () => number.control.setAttribute('placeholder', current().example)

  const body = h('div', { class: 'fields' })
  const root = h('div', { class: 'TaxIdElement' })
  const place = () => state?.billingAddress?.address.country ?? state?.shippingAddress?.address.country
  const isVisible = () => {
    if (options.visibility === 'never' || !state?.collectsTaxId) return false
    const country = place()
    return options.visibility === 'always' || !country || taxIdKinds.some((each) => each.country === country)
  }
  const choose = (match: (each: TaxIdKind) => boolean) => {
    const found = taxIdKinds.find(match)
    if (found) kind.set(String(found.type))
    showExample()
  }
  const arrange = () => {
    body.replaceChildren(...fields().map((each) => each.root))
    root.replaceChildren(...(isVisible() ? [body] : []))
  }
  const fill = () => {
    const { businessName, taxIdType, taxId } = asObject(setup.options.defaultValues)
    const known = state?.taxIdInfo
    if (known) {
      choose(
        ({ external, country }) => external === known.taxId.type && known.taxId.value.startsWith(country),
      )
      business.set(known.businessName)
      number.set(known.taxId.value)
    } else {
      choose(({ type }) => type === taxIdType)
      business.set(String(businessName ?? ''))
      number.set(String(taxId ?? ''))
    }
  }
  const likely = new Intl.Locale(setup.locale).maximize().region
  choose(({ country }) => country === likely)

  return {
    root,
    show: (next) => {
      const isFirst = state === null
      const before = isVisible()
      state = next
      if (isFirst) fill()
      const country = place()
      if (country && !isChosen && !number.value()) choose((each) => each.country === country)
      if (isFirst || before !== isVisible()) arrange()
    },
    configure: (next) => {
      options = next
      arrange()
    },
    summary: () => ({
      complete: !isVisible() || fields().every((each) => each.isValid()),
      empty: !business.value() && !number.value(),
      fields: {
        visible: isVisible(),
        value: {
          businessName: business.value(),
          taxId: plainTaxId(number.value()),
          taxIdType: current().type,
          externalTaxIdType: current().external,
        },
      },
    }),
    validate: (focus) => (isVisible() ? checkFields(fields(), focus) : null),
    focus: () => fields()[0]?.control.focus(),
    clear: () => {
      business.set('')
      number.set('')
      edited()
    },
    lock: (locked) => {
      for (const each of [business, kind, number]) each.lock(locked)
    },
    problem: (code, message) => {
      if (code !== 'tax_id_invalid') return
      refused = message
      number.say(message)
      changed()
    },
  }
}

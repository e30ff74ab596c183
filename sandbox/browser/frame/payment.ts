import { ApiError, postJson } from '../api-client'
import type { BillingDetails, Collected, ElementState } from '../protocol'
import { bancontactForm, idealForm, sepaForm } from './bank-forms'
import { cardForm } from './card-form'
import { checkbox } from './checkbox'
import { fill, h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { type MethodForm, paymentOptions } from './method-form'
import { methodList } from './method-list'
import { savedForm } from './saved-form'

/** The Payment Element: saved methods and new ones, one of them open at a time. */
export function paymentElement(context: FrameContext): FrameElement {
  const { words, setup, changed } = context
  const fresh: MethodForm[] = [
    cardForm(context),
    idealForm(context),
    bancontactForm(context),
    sepaForm(context),
  ]
  const mark = h('span', { class: 'mark', title: words.sandboxNote }, words.sandbox)
  const foot = h('div', { class: 'foot' }, mark)
  const save = checkbox('save', words.saveBox, changed)
  const terms = h('p', { class: 'note terms' })
  const free = h('p', { class: 'note free' }, words.nothingDue)
  let options = paymentOptions(setup.options)
  let state: ElementState | null = null
  let forms: MethodForm[] = []
  let arranged = ''
  let open: MethodForm | null = null

  const list = methodList(words, (id) => select(id))
  const root = h('div', { class: 'PaymentElement' }, list.root, foot)

  const asksTerms = (form: MethodForm) =>
    form.type === 'card' &&
    (options.cardTerms === 'always' || (options.cardTerms === 'auto' && state?.reuses))
  const below = (form: MethodForm) => {
    if (form.saved) return []
    return [...(state?.offersSave ? [save.root] : []), ...(asksTerms(form) ? [terms] : [])]
  }
  const select = (id: string | null) => {
    open = forms.find((form) => form.id === id) ?? null
    list.open(open, open ? below(open) : [])
    foot.replaceChildren(mark, ...(open?.hint ? [open.hint] : []))
    changed()
  }
  const rank = ({ type }: MethodForm) =>
    (options.order.indexOf(type) + 1 || 99) * 100 + (state?.methods.indexOf(type) ?? 0)
  const arrange = () => {
    const { methods = [], saved = [], canRemove = false } = state ?? {}
    const known = saved.map((method) =>
      savedForm(context, method, canRemove && !options.readOnly ? context.remove : null),
    )
    const offered = fresh.filter(({ type }) => methods.includes(type))
    forms = [...known, ...offered.sort((left, right) => rank(left) - rank(right))]
    list.arrange(forms, options)
    for (const form of forms) {
      form.configure(options)
      form.lock(options.readOnly)
    }
    const stillThere = forms.find(({ id }) => id === open?.id)
    const first = options.collapsed && forms.length > 1 ? null : (forms[0]?.id ?? null)
    select(stillThere?.id ?? first)
  }

  const send = async (form: MethodForm, known: BillingDetails): Promise<Collected> => {
    const { parameters, billing } = form.details()
    const address = billing.address ? { ...known.address, ...billing.address } : known.address
    try {
      const { id } = await postJson<{ id: string }>('/_js/payment_methods', {
        key: setup.key,
        type: form.type,
        ...parameters,
        billing_details: { ...known, ...billing, address },
      })
      return { type: 'payment_method', id, save: savesNow() }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      form.problem(error.code ?? '', error.message)
      return { type: 'invalid', message: error.message }
    }
  }
  const isFree = () => state !== null && !state.needsMethod
  const savesNow = () => Boolean(state?.offersSave && save.checked())

  return {
    root,
    show: (next) => {
      const { methods, saved, canRemove, offersSave, reuses } = next
      const now = JSON.stringify([methods, saved, canRemove, offersSave, reuses])
      state = next
      terms.textContent = fill(words.cardTerms, { merchant: next.merchant })
      if (isFree()) root.replaceChildren(free)
      else if (!list.root.isConnected || free.parentElement) root.replaceChildren(list.root, foot)
      for (const form of fresh) form.show(next)
      if (now !== arranged) arrange()
      arranged = now
    },
    configure: (next) => {
      options = paymentOptions(next)
      arrange()
    },
    summary: () => ({
      complete: isFree() || (open?.complete() ?? false),
      empty: !isFree() && (open?.empty() ?? true),
      fields: {
        collapsed: open === null,
        value: {
          type: open?.type ?? '',
          ...(open && !open.saved && state?.offersSave ? { savePaymentMethod: save.checked() } : {}),
          ...(open?.saved ? { payment_method: open.saved.shown } : {}),
        },
      },
    }),
    validate: (focus) => (isFree() ? null : open ? open.validate(focus) : words.chooseMethod),
    focus: () => (open && !open.saved ? open.focus() : list.focus()),
    clear: () => {
      for (const form of fresh) form.clear()
    },
    collapse: () => select(null),
    lock: (locked) => {
      list.lock(locked)
      save.lock(locked)
      for (const form of forms) form.lock(locked || options.readOnly)
    },
    problem: (code, message) => {
      open?.problem(code, message)
    },
    collect: async (billing) => {
      if (isFree()) return { type: 'nothing' }
      if (!open) return { type: 'invalid', message: words.chooseMethod }
      if (open.saved) return { type: 'payment_method', id: open.saved.id, save: false }
      const field = open.missing(billing)
      return field ? { type: 'missing', field } : send(open, billing)
    },
  }
}

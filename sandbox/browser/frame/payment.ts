import { ApiError, postJson } from '../api-client'
import type { BillingDetails, Collected } from '../protocol'
import { idealForm, sepaForm } from './bank-forms'
import { cardForm } from './card-form'
import { h } from './dom'
import type { FrameContext, FrameElement } from './element'
import { type MethodForm, paymentOptions } from './method-form'
import { methodList } from './method-list'

/** The Payment Element: the ways to pay, one of them open at a time. */
export function paymentElement(context: FrameContext): FrameElement {
  const { words, setup, changed } = context
  const forms: MethodForm[] = [cardForm(context), idealForm(context), sepaForm(context)]
  const mark = h('span', { class: 'mark', title: words.sandboxNote }, words.sandbox)
  const foot = h('div', { class: 'foot' }, mark)
  let options = paymentOptions(setup.options)
  let offered: string[] = []
  let open: MethodForm | null = null

  const list = methodList(words, (type) => select(type))
  const root = h('div', { class: 'PaymentElement' }, list.root, foot)

  const select = (type: string | null) => {
    open = forms.find((form) => form.type === type) ?? null
    list.open(open)
    foot.replaceChildren(mark, ...(open?.hint ? [open.hint] : []))
    changed()
  }
  const arrange = () => {
    const rank = (type: string) => (options.order.indexOf(type) + 1 || 99) * 100 + offered.indexOf(type)
    const types = forms.map(({ type }) => type).filter((type) => offered.includes(type))
    const sorted = types.sort((left, right) => rank(left) - rank(right))
    list.arrange(
      sorted.flatMap((type) => forms.filter((form) => form.type === type)),
      options,
    )
    for (const form of forms) {
      form.configure(options)
      form.lock(options.readOnly)
    }
    const stillThere = open && sorted.includes(open.type)
    const first = options.collapsed && sorted.length > 1 ? null : (sorted[0] ?? null)
    if (!stillThere) select(first)
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
      return { type: 'payment_method', id }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      form.problem(error.code ?? '', error.message)
      return { type: 'invalid', message: error.message }
    }
  }

  return {
    root,
    show: (state) => {
      const same = state.methods.join() === offered.join()
      offered = state.methods
      for (const form of forms) form.show(state)
      if (!same) arrange()
    },
    configure: (next) => {
      options = paymentOptions(next)
      arrange()
    },
    summary: () => ({
      complete: open?.complete() ?? false,
      empty: open?.empty() ?? true,
      fields: { collapsed: open === null, value: { type: open?.type ?? '' } },
    }),
    validate: (focus) => (open ? open.validate(focus) : words.chooseMethod),
    focus: () => (open ? open.focus() : list.focus()),
    clear: () => {
      for (const form of forms) form.clear()
    },
    collapse: () => select(null),
    lock: (locked) => {
      list.lock(locked)
      for (const form of forms) form.lock(locked || options.readOnly)
    },
    problem: (code, message) => {
      open?.problem(code, message)
    },
    collect: async (billing) => {
      if (!open) return { type: 'invalid', message: words.chooseMethod }
      const field = open.missing(billing)
      return field ? { type: 'missing', field } : send(open, billing)
    },
  }
}

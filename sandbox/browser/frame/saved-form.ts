import type { SavedMethod } from '../protocol'
import { fill, h } from './dom'
import type { FrameContext } from './element'
import type { MethodForm } from './method-form'

const nothing = () => undefined
const brands: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
}

function titleOf(words: FrameContext['words'], { type, brand, last4 }: SavedMethod): string {
  return fill(words.savedMethod, {
    brand: type === 'card' ? (brands[brand] ?? words.methods.card) : 'SEPA',
    last4,
  })
}

/** A method the buyer has used before. `remove` is null where the session lets nobody remove one. */
export function savedForm(
  { words }: Pick<FrameContext, 'words'>,
  method: SavedMethod,
  remove: ((id: string) => void) | null,
): MethodForm {
  const title = titleOf(words, method)
  const button = (text: string, label: string) =>
    h('button', { type: 'button', class: 'link', 'aria-label': `${label}: ${title}` }, text)
  const ask = button(words.remove, words.remove)
  const sure = button(words.removeNow, words.removeNow)
  const keep = button(words.keep, words.keep)
  const question = h('span', { class: 'question', hidden: true }, sure, ' ', keep)
  const turn = (asking: boolean) => {
    ask.hidden = asking
    question.hidden = !asking
    ;(asking ? keep : ask).focus()
  }
  ask.addEventListener('click', () => turn(true))
  keep.addEventListener('click', () => turn(false))
  sure.addEventListener('click', () => remove?.(method.id))

  const date = `${String(method.expMonth).padStart(2, '0')} / ${String(method.expYear).slice(-2)}`
  const expiry = method.expYear ? h('span', {}, fill(words.expires, { date })) : null
  const body = h('div', { class: 'fields saved-method' }, expiry, remove && ask, remove && question)
  return {
    id: method.id,
    type: method.type,
    title,
    saved: method,
    body,
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
    lock: (locked) => {
      for (const each of [ask, sure, keep]) each.disabled = locked
    },
    problem: () => false,
  }
}

import { h } from '../frame/dom'
import { amountFormat } from '../host/amount'
import { resolveLocale } from '../host/locale'
import { type BankPage, readAddress, retrieveAsked } from './payment-of-page'

type Choice = { label: string; run: (page: BankPage) => Promise<void> }

function root(): HTMLElement {
  return document.getElementById('root') as HTMLElement
}

/** Shows one sentence instead of the page. */
export function tell(sentence: string) {
  root().replaceChildren(h('div', { class: 'card' }, h('p', { role: 'status' }, sentence)))
}

function button({ label, run }: Choice, page: BankPage, kind: string): HTMLButtonElement {
  const node = h('button', { type: 'button', class: kind }, label)
  node.addEventListener('click', async () => {
    const all = [...document.querySelectorAll('button')]
    for (const each of all) each.disabled = true
    node.setAttribute('aria-busy', 'true')
    try {
      await run(page)
    } catch (error) {
      for (const each of all) each.disabled = false
      node.removeAttribute('aria-busy')
      const message = error instanceof Error ? error.message : 'That did not work.'
      document.querySelector('[role=alert]')?.replaceChildren(message)
    }
  })
  return node
}

/** Draws a stand-in for a bank's page: who asks for how much, and two ways to decide. */
export async function bankPage(texts: {
  title: string
  note: string
  yes: Choice
  no: Choice
}): Promise<void> {
  try {
    const page = readAddress()
    const { amount, currency, merchant } = await retrieveAsked(page)
    const written = amount === null ? [] : [amountFormat(currency, resolveLocale(undefined))(amount).amount]
    root().replaceChildren(
      h(
        'div',
        { class: 'card' },
        h('span', { class: 'mark' }, 'Sandbox'),
        h('h1', {}, texts.title),
        ...written.map((text) => h('p', { class: 'amount' }, text)),
        h('p', { class: 'to' }, merchant),
        h('p', { class: 'note' }, texts.note),
        button(texts.yes, page, 'primary'),
        button(texts.no, page, 'secondary'),
        h('p', { class: 'error', role: 'alert' }),
      ),
    )
  } catch (error) {
    tell(error instanceof Error ? error.message : 'This page could not be shown.')
  }
}

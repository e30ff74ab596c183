import { formatCardNumber } from './card-number'
import { h } from './dom'
import { testCards } from './test-cards'
import type { Words } from './words/en'

/** A small menu of test cards; choosing one fills in the form and closes it. */
export function testCardList(words: Words, use: (number: string) => void): HTMLElement {
  const menu = h('details', { class: 'hints' }, h('summary', {}, words.testCards))
  const entries = testCards.map(({ number, outcome }) => {
    const button = h(
      'button',
      { type: 'button' },
      h('span', { class: 'digits' }, formatCardNumber(number)),
      h('span', { class: 'outcome' }, words.outcomes[outcome]),
    )
    button.addEventListener('click', () => {
      use(number)
      menu.open = false
      menu.querySelector('summary')?.focus()
    })
    return h('li', {}, button)
  })
  menu.append(h('ul', {}, ...entries))
  return menu
}

import { ApiError, postJson } from '../api-client'
import { h } from '../frame/dom'
import type { FromWallet, ToWallet, WalletContact, WalletState } from '../wallet-protocol'
import { walletCards, walletContacts, walletEmail, walletPhone } from './wallet-contacts'

const root = document.getElementById('root') as HTMLElement
let port: MessagePort | undefined
let state: WalletState | null = null
let address = 0
let busy = false

const say = (message: FromWallet) => port?.postMessage(message)
const written = ({ address: { line1, postal_code, city, country } }: WalletContact) =>
  `${line1}, ${postal_code} ${city}, ${country}`

const total = h('p', { class: 'amount' })
const merchant = h('p', { class: 'to' })
const email = h('p', { class: 'note' })
const places = h('select', { id: 'address' })
const rates = h('fieldset', {}, h('legend', {}, 'Delivery'))
const cards = h(
  'select',
  { id: 'card' },
  ...walletCards.map(({ number, label }) => h('option', { value: number }, label)),
)
const problem = h('p', { class: 'error', role: 'alert' })
const pay = h('button', { type: 'button', class: 'primary' }, 'Pay')
const cancel = h('button', { type: 'button', class: 'secondary' }, 'Cancel')
const placesRow = h('label', { for: 'address' }, 'Deliver to', places)

function drawPlaces({ asksShipping, countries }: WalletState) {
  placesRow.hidden = !asksShipping
  if (places.children.length > 0) return
  const contacts = walletContacts(countries)
  places.append(...contacts.map((contact, index) => h('option', { value: index }, written(contact))))
}

function drawRates({ options, chosen }: WalletState) {
  rates.hidden = options.length === 0
  const drawn = JSON.stringify(options)
  if (rates.dataset.drawn !== drawn) {
    rates.dataset.drawn = drawn
    for (const row of [...rates.querySelectorAll('label')]) row.remove()
    for (const { id, label, amount } of options) {
      const radio = h('input', { type: 'radio', name: 'rate', value: id })
      radio.addEventListener('change', () => say({ type: 'option', id }))
      rates.append(h('label', { class: 'rate' }, radio, h('span', {}, label), h('span', {}, amount)))
    }
  }
  for (const radio of rates.querySelectorAll('input')) radio.checked = radio.value === chosen
}

function setBusy(next: boolean) {
  busy = next
  for (const each of [pay, places, cards]) each.disabled = busy
  pay.toggleAttribute('aria-busy', busy)
  pay.textContent = busy ? 'Paying' : `Pay ${state?.total ?? ''}`
}

function show(next: WalletState) {
  const isFirst = state === null
  state = next
  total.textContent = next.total
  merchant.textContent = next.merchant
  email.textContent = next.email ?? walletEmail
  drawPlaces(next)
  drawRates(next)
  setBusy(busy)
  const [contact] = walletContacts(next.countries)
  if (isFirst && next.asksShipping && contact) say({ type: 'address', contact })
}

async function agree() {
  if (!state || busy) return
  const shipping = state.asksShipping ? walletContacts(state.countries)[address] : undefined
  const billing = shipping ?? walletContacts(null)[0]
  if (!billing) return
  problem.textContent = ''
  setBusy(true)
  const mail = state.email ?? walletEmail
  const phone = state.asksPhone ? walletPhone : null
  try {
    const { id } = await postJson<{ id: string }>('/_js/payment_methods', {
      key: state.key,
      type: 'card',
      wallet: 'google_pay',
      card: { number: cards.value, exp_month: 12, exp_year: new Date().getFullYear() + 3 },
      billing_details: { name: billing.name, email: mail, phone, address: billing.address },
    })
    const payment = { paymentMethod: id, email: mail, phone, billing, shipping: shipping ?? null }
    say({ type: 'pay', payment })
  } catch (error) {
    setBusy(false)
    problem.textContent = error instanceof ApiError ? error.message : 'That did not work.'
  }
}

pay.addEventListener('click', agree)
cancel.addEventListener('click', () => say({ type: 'cancel' }))
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') say({ type: 'cancel' })
})
places.addEventListener('change', () => {
  address = Number(places.value)
  const contact = walletContacts(state?.countries ?? null)[address]
  if (contact) say({ type: 'address', contact })
})
const card = h(
  'div',
  { class: 'card' },
  h('span', { class: 'mark' }, 'Sandbox'),
  h('h1', {}, 'Sandbox Pay'),
  total,
  merchant,
  email,
  placesRow,
  rates,
  h('label', { for: 'card' }, 'Card', cards),
  problem,
  pay,
  cancel,
)
const measure = () => say({ type: 'height', height: Math.ceil(card.getBoundingClientRect().height) })
new ResizeObserver(measure).observe(card)

window.addEventListener('message', (event: MessageEvent<{ type?: string }>) => {
  if (event.source !== window.parent || event.data?.type !== 'sandbox:connect' || port) return
  port = event.ports[0]
  if (!port) return
  // Not sooner: what is pressed before anybody listens would be lost.
  root.append(card)
  port.onmessage = ({ data }: MessageEvent<ToWallet>) => {
    if (data.type === 'state') show(data.state)
    else {
      setBusy(false)
      problem.textContent = data.message
    }
  }
})

import { type Browser, chromium, type FrameLocator, type Locator, type Page } from '@playwright/test'
import Stripe from 'stripe'
import { chromiumArgs, chromiumPath } from '../../../tests/support/chromium'
import { startSandbox } from '../../server'
import { serveTestPage } from './serve'

type Visit = {
  /** Query parameters of the test page: `show`, `theme`, `layout`, `locale`, `email`, `primary`. */
  query?: Record<string, string>
  currency?: string
  amount?: number
  session?: Partial<Stripe.Checkout.SessionCreateParams>
}

export type Visitor = {
  page: Page
  id: string
  payment: FrameLocator
  express: FrameLocator
  /** The wallet's sheet, once it is open. */
  wallet: FrameLocator
  contact: FrameLocator
  taxId: FrameLocator
  currency: FrameLocator
  shipping: FrameLocator
  billing: FrameLocator
  /** Presses the page's own button. */
  pay: () => Promise<void>
  /** Waits for the page to say something in its alert. */
  hears: (text: string | RegExp) => Promise<void>
  /** Waits until the browser is back at the shop. */
  returns: () => Promise<void>
  /** A value the page shows: Total, Ready, Divisor, Done. */
  output: (name: string) => Locator
  /** The session as the shop's server sees it. */
  session: () => Promise<Stripe.Checkout.Session>
  /** Ends the visit; returns what the browser complained about: errors, warnings, policy violations. */
  leave: () => Promise<string[]>
}

export type Shop = {
  stripe: Stripe
  /** Gives buyers' browsers a wallet, or takes it. */
  setWallets: (enabled: boolean) => Promise<void>
  visit: (visit: Visit) => Promise<Visitor>
  /** The page that finishes an intent without a session; `stay` and `method` may be in its query. */
  finish: (secret: string | null, query?: Record<string, string>) => Promise<Visitor>
  close: () => Promise<void>
}

/** A shop with a sandbox behind it and a buyer's browser in front, everything on ports of its own. */
export async function openShop(): Promise<Shop> {
  const sandbox = await startSandbox({ port: 0 })
  const shop = await serveTestPage(sandbox.url)
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs })
  const { hostname, port } = new URL(sandbox.url)
  const stripe = new Stripe('sk_test_shop', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })

  const browse = async (path: string, query: Record<string, string>, id: string): Promise<Visitor> => {
    const context = await browser.newContext({
      viewport: { width: 640, height: 900 },
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // Browsers write down every refusal (400, 402) as an error of their own.
      const isRefusal = /status of 40[02]/.test(message.text())
      if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text())
    })
    const parameters = new URLSearchParams({ stripe: `${sandbox.url}/v3/stripe.js`, ...query })
    await page.goto(`${shop.url}${path}?${parameters}`)
    return {
      page,
      id,
      payment: page.frameLocator('iframe[name=sandbox-payment]'),
      express: page.frameLocator('iframe[name=sandbox-expressCheckout]'),
      wallet: page.frameLocator('iframe[name=sandbox-wallet]'),
      taxId: page.frameLocator('iframe[name=sandbox-taxId]'),
      currency: page.frameLocator('iframe[name=sandbox-currencySelector]'),
      contact: page.frameLocator('iframe[name=sandbox-contactDetails]'),
      shipping: page.frameLocator('iframe[name=sandbox-address-shipping]'),
      billing: page.frameLocator('iframe[name=sandbox-address-billing]'),
      pay: () => page.getByRole('button', { name: 'Pay' }).click(),
      hears: (text) => page.getByRole('alert').filter({ hasText: text }).waitFor(),
      returns: () => page.waitForURL(`${shop.url}/done?session_id=${id}`),
      output: (name) => page.getByLabel(name, { exact: true }),
      session: () => stripe.checkout.sessions.retrieve(id),
      leave: async () => {
        await context.close()
        return complaints
      },
    }
  }

  const visit = async ({
    query = {},
    currency = 'eur',
    amount = 1250,
    session = {},
  }: Visit): Promise<Visitor> => {
    const created = await stripe.checkout.sessions.create({
      ui_mode: 'elements',
      mode: 'payment',
      return_url: `${shop.url}/done?session_id={CHECKOUT_SESSION_ID}`,
      line_items: [
        {
          price_data: { currency, unit_amount: amount, product_data: { name: 'The Quiet Machine' } },
          quantity: 1,
          adjustable_quantity: { enabled: true, minimum: 1, maximum: 2 },
        },
      ],
      ...session,
    })
    return browse('/', { secret: created.client_secret ?? '', ...query }, created.id)
  }
  return {
    stripe,
    visit,
    finish: (secret, query = {}) => browse('/intent', { secret: secret ?? '', ...query }, ''),
    setWallets: async (enabled) => {
      await fetch(`${sandbox.url}/_sandbox/wallets`, { method: 'POST', body: JSON.stringify({ enabled }) })
    },
    close: async () => {
      await browser.close()
      await shop.close()
      await sandbox.close()
    },
  }
}

/** Types a card the way a buyer does. */
export async function typeCard(payment: FrameLocator, number: string): Promise<void> {
  await payment.getByLabel('Card number').fill(number)
  await payment.getByLabel('Expiration date').fill('12 / 34')
  await payment.getByLabel('Security code').fill('123')
}

/** Fills in a German address, as a buyer would; without a name where that is asked for otherwise. */
export async function fillAddress(
  element: FrameLocator,
  { name, city }: { name: string | null; city: string },
): Promise<void> {
  if (name !== null) await element.getByLabel('Full name').fill(name)
  await element.getByLabel('Country').selectOption('DE')
  await element.getByLabel('Address', { exact: true }).fill('Torstraße 1')
  await element.getByLabel('Postal code').fill('10119')
  await element.getByLabel('City').fill(city)
}

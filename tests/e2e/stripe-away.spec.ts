import { CheckoutPage, cards } from '../support/checkout-page'
import { type Stack, startStack } from '../support/stack'
import { expect, test } from '../support/test'

// Faults strike every buyer of a sandbox: this file has one of its own.
test.describe.configure({ mode: 'serial' })
test.use({ allowedErrors: /503/ })

let stack: Stack

test.beforeAll(async ({ browserName: _ }, { project }) => {
  test.skip(project.name !== 'desktop', 'what is said does not depend on the screen')
  test.setTimeout(120_000)
  stack = await startStack({ seed: true, env: { STRIPE_TIMEOUT_SECONDS: '20' } })
})
test.afterAll(() => stack?.stop())

const createSession = { operation: 'checkout.sessions.create', nth: 1 }

test('a page whose payment provider is down says so and recovers by itself', async ({ page }) => {
  test.setTimeout(120_000)
  await stack.sandbox.addFault({ ...createSession, kind: '503', times: 1000 })
  await page.goto(`${stack.baseUrl}/quiet-machine`)
  const checkout = new CheckoutPage(page)
  await expect(checkout.problem).toContainText('Payments are not available at the moment', {
    timeout: 20_000,
  })
  await expect(checkout.problem).toContainText('nothing has been charged')
  await expect(page.getByText('The Quiet Machine').filter({ visible: true }).first()).toBeVisible()
  await stack.sandbox.clearFaults()
  await expect(checkout.payButton).toBeEnabled({ timeout: 30_000 })
  await expect(checkout.problem).toBeHidden()
})

test('a page whose payment provider is slow says so, and others stay quick', async ({ page }) => {
  test.setTimeout(120_000)
  await stack.sandbox.addFault({ ...createSession, kind: 'hang', times: 60 })
  const headers = { 'content-type': 'application/json', origin: stack.baseUrl }
  const waiting = Array.from({ length: 40 }, () =>
    fetch(`${stack.baseUrl}/quiet-machine/session`, { method: 'POST', headers, body: '{}' }),
  )
  await page.goto(`${stack.baseUrl}/northlight-monthly`)
  await expect(page.getByText('takes longer than usual')).toBeVisible()
  const times: number[] = []
  for (let look = 0; look < 10; look++) {
    const since = Date.now()
    expect((await fetch(`${stack.baseUrl}/bookbinding-kyoto`)).status).toBe(200)
    times.push(Date.now() - since)
  }
  expect(times.sort((one, other) => one - other)[5]).toBeLessThan(1000)
  const statuses = (await Promise.all(waiting)).map((response) => [
    response.status,
    Number(response.headers.get('retry-after')) > 0,
  ])
  expect(statuses).toEqual(waiting.map(() => [503, true]))
  await stack.sandbox.clearFaults()
  await expect(new CheckoutPage(page).payButton).toBeEnabled({ timeout: 30_000 })
})

// Mutant: lead back to the offer while it is not known what became of the payment.
test('a payment that cannot be looked up is waited for, never asked for again', async ({ page }) => {
  test.setTimeout(120_000)
  const checkout = new CheckoutPage(page)
  await page.goto(`${stack.baseUrl}/quiet-machine`)
  await expect(checkout.payButton).toBeEnabled({ timeout: 30_000 })
  await checkout.email.fill('patient@example.com')
  await checkout.fillCard(cards.good)
  await stack.sandbox.addFault({ operation: 'checkout.sessions.retrieve', nth: 1, kind: '503', times: 1000 })
  await checkout.pay()
  await page.waitForURL(/\/return\/wait/, { timeout: 30_000 })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We are checking your payment')
  await expect(page.getByText('no need to pay again')).toBeVisible()
  await stack.sandbox.clearFaults()
  await page.waitForURL(/\/receipt\//, { timeout: 60_000 })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Thank you/)
})

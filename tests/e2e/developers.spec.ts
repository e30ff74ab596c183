import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { insideApp } from '../support/inside-app'
import { forgetAttempts, owner, ownerBrowser } from '../support/owner'
import { Receiver } from '../support/receiver'
import { expect, test } from '../support/test'

test.beforeEach(async ({ stack }) => {
  await forgetAttempts(stack)
  await ownerBrowser(stack)
})

async function signIn(page: Page, path: string) {
  await page.goto(path)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**${path}`)
}

test('a developer adds an endpoint, sees what it answered, and sends it again', async ({ page, stack }) => {
  const app = await insideApp(stack)
  let sound = false
  const receiver = await Receiver.start((_, response) =>
    response.writeHead(sound ? 200 : 500).end(sound ? 'thanks' : 'the disk is full'),
  )
  await signIn(page, '/dashboard/developers/webhooks')
  await page.getByRole('link', { name: 'Add endpoint' }).click()
  await page.getByLabel('Address').fill('http://10.0.0.1/hook')
  await page.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(page.getByText(/inside a private network/)).toBeVisible()
  await page.getByLabel('Address').fill(receiver.url)
  await page.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(page.getByRole('heading', { name: receiver.url })).toBeVisible()

  const event = await app.emit('order.fulfilled')
  const row = page.getByRole('row').filter({ hasText: event })
  // What a narrow screen shows in the first column stands beside what a wide one has in columns of its own.
  const shown = (text: string) => row.getByText(text).filter({ visible: true })
  await expect(async () => {
    await page.reload()
    await expect(shown('Answered 500.')).toBeVisible({ timeout: 1000 })
  }).toPass()
  await shown('Body').click()
  await expect(shown('the disk is full')).toBeVisible()
  sound = true
  await row.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('One event is being sent again.')).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(shown('Delivered')).toBeVisible({ timeout: 1000 })
  }).toPass()
  expect(receiver.of(event).length).toBeGreaterThanOrEqual(2)

  await page.getByText('Show the secret').click()
  await expect(page.getByText(/^whsec_/)).toBeVisible()
  await page.getByRole('button', { name: 'Roll secret' }).click()
  await expect(page.getByText(/signs as well until/)).toBeVisible()
  await page.getByRole('button', { name: 'Delete endpoint' }).click()
  await expect(page.getByText('Tick the box to delete the endpoint.')).toBeVisible()
  await page.getByLabel(/Delete this endpoint/).check()
  await page.getByRole('button', { name: 'Delete endpoint' }).click()
  await page.waitForURL('**/dashboard/developers/webhooks')
  await receiver.stop()
})

test('a key is shown once and works until it is revoked', async ({ page, stack }) => {
  await signIn(page, '/dashboard/developers/keys')
  await page.getByLabel('Name').fill('Warehouse')
  await page.getByRole('button', { name: 'Make key' }).click()
  const token = await page.getByText(/^bl_test_[\w-]{32}$/).innerText()
  const status = async () => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${stack.baseUrl}/v1/events`, { headers })).status
  }
  expect(await status()).toBe(200)
  await page.reload()
  await expect(page.getByText(token)).toBeHidden()
  const row = page
    .getByRole('row')
    .filter({ hasText: 'Warehouse' })
    .filter({ hasText: token.slice(-4) })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await expect(row.getByText('Revoked')).toBeVisible()
  expect(await status()).toBe(401)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing stands in a developer's way, ${colorScheme}`, async ({ page, stack }) => {
    const app = await insideApp(stack)
    const endpoint = await app.createEndpoint({
      url: 'https://93.184.215.14/a/long/path',
      enabled_events: ['*'],
    })
    await app.updateEndpoint(endpoint.id, { disabled: true })
    await stack.sql`update webhook_endpoints set disabled_by = 'failures' where id = ${endpoint.id}`
    const event = await app.emit('order.fulfilled')
    await page.emulateMedia({ colorScheme })
    await signIn(page, '/dashboard/developers/webhooks')
    const base = '/dashboard/developers'
    const paths = [
      `${base}/webhooks`,
      `${base}/webhooks/new`,
      `${base}/webhooks/${endpoint.id}`,
      `${base}/events`,
      `${base}/events/${event}`,
      `${base}/keys`,
    ]
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(path)
      await expect(page.getByText('without a success').first()).toBeVisible()
      expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${path} at 320 pixels`).toBeLessThanOrEqual(0)
    }
    await app.deleteEndpoint(endpoint.id)
  })
}

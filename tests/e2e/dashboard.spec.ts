import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { linkLike, type OwnLink } from '../support/link-like'
import { forgetAttempts, owner, ownerBrowser } from '../support/owner'
import type { StackClient } from '../support/stack'
import { expect, test } from '../support/test'

test.beforeEach(async ({ stack }) => {
  // All tests sign in from one address, more often than people do.
  await forgetAttempts(stack)
  await ownerBrowser(stack)
})

/** The newest link, which no other test's pushes off the first page at once. */
async function newestLink(stack: StackClient): Promise<OwnLink> {
  const link = await linkLike(stack, 'quiet-machine', {})
  await stack.sql`update payment_links set name = ${newest} where id = ${link.id}`
  return link
}
const newest = 'The newest link'

async function signIn(page: Page, path = '/dashboard/links') {
  await page.goto(path)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**${path}`)
}

test('the owner signs in, looks at links and orders, and signs out', async ({ page, stack }) => {
  await newestLink(stack)
  await page.goto('/dashboard/orders')
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'do not belong together' })).toBeFocused()
  await expect(page.getByLabel('E-mail')).toHaveValue(owner.email)

  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/dashboard/orders')
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Orders' })).toHaveAttribute('aria-current', 'page')

  await page.getByRole('link', { name: 'Links' }).click()
  await expect(page.getByRole('heading', { name: 'Payment links' })).toBeVisible()
  await expect(page.getByText(newest).first()).toBeVisible()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByText(newest)).toHaveCount(0)
})

test('a session that ended while the page was open asks to sign in again', async ({ page, context }) => {
  await signIn(page)
  await context.clearCookies()
  await page.getByRole('link', { name: 'Orders' }).click()
  await page.waitForURL('**/login?next=%2Fdashboard%2Forders')
})

test('the copy button copies the whole address of a link', async ({ page, context, stack }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { slug } = await newestLink(stack)
  await signIn(page)
  const row = page.getByRole('row').filter({ hasText: slug })
  await row.getByRole('button', { name: `Copy the address of ${newest}` }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${stack.baseUrl}/${slug}`)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing stands in the way of anyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    const findings = async () => (await new AxeBuilder({ page }).analyze()).violations
    await page.goto('/login')
    expect(await findings()).toEqual([])
    await signIn(page)
    const paths = ['/dashboard/links', '/dashboard/orders', '/dashboard/orders?after=none', '/setup']
    for (const path of paths) {
      await page.goto(path)
      expect(await findings(), path).toEqual([])
    }
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of paths) {
      await page.goto(path)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${path} at 320 pixels`).toBeLessThanOrEqual(0)
    }
  })
}

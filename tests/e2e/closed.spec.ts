import { expect, test } from '../support/test'

test('a switched-off link says so in the merchant’s words', async ({ page }) => {
  const response = await page.goto('/advent-parcel')
  expect(response?.status()).toBe(200)
  await expect(page.getByText('The advent parcel comes back in November.')).toBeVisible()
  await expect(page.getByText('Northlight Books').first()).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test('a sold-out link says so in the merchant’s words', async ({ page }) => {
  await page.goto('/first-edition')
  await expect(page.getByText(/The first edition has found its reader/)).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
})

test.describe('an unknown link', () => {
  test.use({ allowedErrors: /404/ })

  test('is a true 404 with one way on', async ({ page }) => {
    const response = await page.goto('/no-such-link')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the offer is readable and says why paying needs it', async ({ page }) => {
    await page.goto('/quiet-machine')
    await expect(page.getByText('The Quiet Machine').filter({ visible: true }).first()).toBeVisible()
    await expect(page.getByText('€28.00').filter({ visible: true }).first()).toBeVisible()
    await expect(page.getByText(/JavaScript/)).toBeVisible()
  })
})

test('a shared link previews with title, price and no session', async ({ request }) => {
  const html = await (await request.get('/quiet-machine')).text()
  expect(html).toMatch(/<meta property="og:title" content="[^"]*The Quiet Machine/)
  expect(html).toMatch(/<meta property="og:description" content="[^"]*€28\.00/)
})

import { linkLike } from '../support/link-like'
import { ownItem } from '../support/own-price'
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
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
    const way = page.getByRole('link', { name: 'Write to Northlight Books' })
    await expect(way).toHaveAttribute('href', 'mailto:hello@northlight.example')
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

  test('how many are sold at once is told too', async ({ page, stack }) => {
    const link = await linkLike(stack, 'quiet-machine', (price) => ({
      line_items: [{ price, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1, maximum: 9 } }],
    }))
    await page.goto(`/${link.slug}`)
    await expect(page.getByText('× 2')).toBeVisible()
    await expect(page.getByText('€56.00').filter({ visible: true }).first()).toBeVisible()
  })
})

test('a shared link previews with title, price and no session', async ({ request }) => {
  const html = await (await request.get('/quiet-machine')).text()
  expect(html).toMatch(/<meta property="og:title" content="[^"]*The Quiet Machine/)
  expect(html).toMatch(/<meta property="og:description" content="[^"]*€28\.00/)
})

for (const [slug, price] of [
  ['northlight-monthly', '€14.50 per month'],
  ['northlight-digital', '14 days free, then €9.00 per month'],
  ['reading-room', 'From €2.00 to €500.00'],
] as const) {
  test(`a shared link says what it costs: ${price}`, async ({ request }) => {
    const html = await (await request.get(`/${slug}`, { headers: { 'accept-language': 'en-GB' } })).text()
    expect(html).toContain(`<meta property="og:description" content="${price} · `)
  })
}

test('a picture of what is sold stands beside it, and in previews', async ({ page, stack }) => {
  const image = 'https://pictures.example/map.png'
  const item = await ownItem(stack, { name: 'A map with a picture', amount: 3000, images: [image] })
  const link = await linkLike(stack, 'quiet-machine', {
    line_items: [item],
    branding_settings: {
      logo: 'https://pictures.example/logo.png',
      button_color: null,
      background_color: null,
      border_style: null,
    },
  })
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const shown: string[] = []
  await page.route('https://pictures.example/**', (route) => {
    shown.push(new URL(route.request().url()).pathname)
    return route.fulfill({ contentType: 'image/png', body: dot })
  })
  await page.goto(`/${link.slug}`)
  await expect.poll(() => shown.sort()).toEqual(expect.arrayContaining(['/logo.png', '/map.png']))
  const width = () =>
    page.locator(`img[src="${image}"]`).evaluate((picture: HTMLImageElement) => picture.naturalWidth)
  await expect.poll(width).toBe(1)
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute('content', image)
})

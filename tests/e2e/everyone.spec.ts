import { screens } from '@/scripts/screens/states'
import { violations } from '../support/axe'
import { CheckoutPage } from '../support/checkout-page'
import { expect, test } from '../support/test'

test.describe('in every state', () => {
  test.use({ allowedErrors: /40[024] \(|500 \(|ERR_FAILED|did not load|React error #441/ })

  for (const { name, locale = 'en-GB', show } of screens) {
    test.describe(name, () => {
      test.use({ locale })

      test('everybody can use the page, small or enlarged', async ({ page, stack }, info) => {
        const phone = info.project.name === 'phone'
        await show(page, stack)
        // 1280 pixels at 200 % are 640.
        const width = phone ? 320 : 640
        for (const dir of ['ltr', 'rtl']) {
          await page.emulateMedia({ colorScheme: phone === (dir === 'ltr') ? 'dark' : 'light' })
          await page.evaluate((direction) => document.documentElement.setAttribute('dir', direction), dir)
          expect(await violations(page), dir).toEqual([])
          const { height } = page.viewportSize() ?? { height: 720 }
          await page.setViewportSize({ width, height: 450 })
          await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), dir).toBe(width)
          await page.setViewportSize({ width: phone ? 375 : 1280, height })
        }
      })
    })
  }
})

test.describe('by keyboard alone', () => {
  test.use({ isMobile: false, hasTouch: false })

  test('a buyer pays', async ({ page }, info) => {
    test.skip(info.project.name === 'phone', 'a key into another process gets lost in a small window')
    const checkout = new CheckoutPage(page)
    await checkout.open('quiet-machine')
    const tabTo = async (field: ReturnType<CheckoutPage['cardField']>) => {
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press('Tab')
        if (await field.evaluate((element) => element === document.activeElement)) return
      }
      await expect(field).toBeFocused()
    }
    await tabTo(checkout.email)
    await page.keyboard.type('keys@example.com')
    await tabTo(checkout.cardField('Card number'))
    await page.keyboard.type('4242424242424242')
    await tabTo(checkout.cardField('Expiration date'))
    await page.keyboard.type('1234')
    await tabTo(checkout.cardField('Security code'))
    await page.keyboard.type('123')
    await tabTo(checkout.payButton)
    await page.keyboard.press('Enter')
    await checkout.expectReceipt(/Thank you/)
  })
})

test.describe('where motion is unwelcome', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('nothing keeps moving', async ({ page }) => {
    await page.route('**/quiet-machine/session', () => {})
    await page.goto('/quiet-machine')
    await page.waitForTimeout(300)
    const moving = () =>
      document.getAnimations().filter(({ playState, effect }) => {
        const { duration = 0, iterations = 1 } = effect?.getTiming() ?? {}
        return playState === 'running' && (Number(duration) > 100 || iterations === Number.POSITIVE_INFINITY)
      }).length
    expect(await page.evaluate(moving)).toBe(0)
  })
})

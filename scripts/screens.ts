import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, devices } from '@playwright/test'
import { chromiumArgs, chromiumPath } from '@/tests/support/chromium'
import { type Stack, startStack } from '@/tests/support/stack'
import { root } from './build-state'
import { type Screen, screens } from './screens/states'
import { report } from './start-error'

const folder = join(root, 'docs/screens')
const widths = [375, 1280] as const
const schemes = ['light', 'dark'] as const

/** One state on a phone or a desktop, first in the light and then in the dark scheme. */
async function take(browser: Browser, stack: Stack, { name, locale = 'en-GB', show }: Screen): Promise<void> {
  for (const width of widths) {
    // A plain narrow window: of an emulated phone Chromium draws a long page's frames at the wrong width.
    const context = await browser.newContext({
      ...devices['Desktop Chrome'],
      baseURL: stack.baseUrl,
      viewport: { width, height: width === 375 ? 720 : 900 },
      locale,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await show(page, stack)
    // Chromium draws no frame of another origin that is out of view: the whole page comes into it.
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width, height: Math.max(height, width === 375 ? 720 : 900) })
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      // Stripe's fields follow the scheme in a process of their own.
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true })
    }
    await context.close()
  }
}

/** Photographs every state of the payer's pages into docs/screens; `npm run screens -- name` takes only those. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2)
  const chosen = screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  if (wanted.length === 0) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const stack = await startStack({ seed: true })
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs })
  try {
    for (const screen of chosen) {
      await take(browser, stack, screen)
      console.log(screen.name)
    }
  } finally {
    await browser.close()
    await stack.stop()
  }
}

await main().catch((error: unknown) => {
  report(error)
  process.exitCode = 1
})

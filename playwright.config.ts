import { defineConfig, devices } from '@playwright/test'
import { chromiumArgs, chromiumPath } from './tests/support/chromium'

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/browser-setup.ts',
  workers: 2,
  // A busy build machine drops a key or a frame now and then; what fails twice is a failure.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line']],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 900 } } },
    {
      name: 'phone',
      // What these try does not depend on the screen; everyone.spec looks at all states on both.
      testIgnore:
        /(asked|basket|campaign|closed|developers|free|hostile-texts|interrupted|kept|limits|prices|states|stripe-away|wallet)\.spec/,
      use: { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true },
    },
  ],
})

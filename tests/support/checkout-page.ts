import type { FrameLocator, Locator, Page } from '@playwright/test'
import { expect } from './test'

export const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  authenticate: '4000002760003184',
}

/** The checkout page as a buyer uses it. */
export class CheckoutPage {
  constructor(private readonly page: Page) {}

  get payButton(): Locator {
    return this.page.getByRole('button', {
      name: /^(Pay €|Pay ¥|Pay \S*\d|Book|Donate|Subscribe|Complete|Start)/,
    })
  }

  get problem(): Locator {
    return this.page.getByRole('main').getByRole('alert').filter({ hasText: /\S/ })
  }

  private get payment(): FrameLocator {
    return this.page.frameLocator('iframe[name="sandbox-payment"]')
  }

  private get contact(): FrameLocator {
    return this.page.frameLocator('iframe[name="sandbox-contactDetails"]')
  }

  /** Opens a link and waits until it can be paid. */
  async open(slug: string, search = ''): Promise<void> {
    await this.page.goto(`/${slug}${search}`)
    await expect(this.payButton).toBeVisible()
    await expect(this.payButton).toBeEnabled()
    // Laid out but inert until all its fields are there.
    await expect(this.page.locator('[inert]')).toHaveCount(0)
  }

  get wallet(): Locator {
    return this.page
      .frameLocator('iframe[name="sandbox-expressCheckout"]')
      .getByRole('button', { name: 'Pay with Sandbox Pay' })
  }

  get email(): Locator {
    return this.contact.getByLabel('Email')
  }

  async chooseMethod(name: 'Card' | 'iDEAL' | 'SEPA direct debit'): Promise<void> {
    await this.payment.getByRole('radio', { name }).check()
  }

  /** A field of the card form. */
  cardField(label: 'Card number' | 'Expiration date' | 'Security code'): Locator {
    return this.payment.getByLabel(label)
  }

  async fillCard(number: string): Promise<void> {
    await this.cardField('Card number').fill(number)
    await this.cardField('Expiration date').fill('12 / 34')
    await this.cardField('Security code').fill('123')
  }

  async fillIban(iban: string, name: string): Promise<void> {
    await this.payment.getByLabel('IBAN').fill(iban)
    await this.payment.getByLabel('Full name').fill(name)
  }

  /** An address in Germany, or in another country that writes them alike. */
  async fillAddress(kind: 'shipping' | 'billing', country = 'DE'): Promise<void> {
    const fields = this.page.frameLocator(`iframe[name="sandbox-address-${kind}"]`)
    await fields.getByLabel('Full name').fill('Jenny Rosen')
    await fields.getByLabel('Country').selectOption(country)
    await fields.getByLabel('Address', { exact: true }).fill('Invalidenstraße 117')
    await fields.getByLabel('Postal code').fill('10115')
    await fields.getByLabel('City').fill('Berlin')
  }

  async pay(): Promise<void> {
    await this.aim()
    await this.payButton.click()
  }

  async payTwice(): Promise<void> {
    await this.aim()
    await this.payButton.dblclick()
  }

  /** Chromium aims by the last frame it drew: a click in the instant of a scroll lands in the fields' frame. */
  private async aim(): Promise<void> {
    await this.payButton.scrollIntoViewIfNeeded()
    await this.stand()
  }

  private async stand(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
  }

  /** Presses the wallet's button and waits until its sheet has the size it keeps. */
  async openWallet(): Promise<FrameLocator> {
    await this.wallet.click()
    const sheet = this.page.frameLocator('iframe[name="sandbox-wallet"]')
    await expect(sheet.getByRole('button', { name: /^Pay \S/ })).toBeVisible()
    await this.stand()
    return sheet
  }

  /** E-mail and card, then the button. */
  async payWith(number: string, email = 'jenny@example.com'): Promise<void> {
    if (await this.email.isEditable()) await this.email.fill(email)
    await this.fillCard(number)
    await this.pay()
  }

  /** The 3-D Secure step in its frame. */
  async authenticate(outcome: 'Complete' | 'Fail'): Promise<void> {
    await this.page
      .frameLocator('iframe[name="sandbox-authenticate"]')
      .getByRole('button', { name: outcome })
      .click()
  }

  async expectReceipt(text: RegExp | string): Promise<void> {
    await this.page.waitForURL(/\/receipt\//)
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text)
  }
}

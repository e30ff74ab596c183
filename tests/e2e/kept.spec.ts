import { customerQuery } from '@/lib/checkout/customer-link'
import { CheckoutPage, cards } from '../support/checkout-page'
import { linkLike } from '../support/link-like'
import { expect, test } from '../support/test'
import { unfinishedCharge } from '../support/unfinished-charge'

const saves = { saved_payment_method_options: { payment_method_save: 'enabled' as const } }

test('a buyer ticks the box, comes back by an address of their own, and pays with the card that was kept', async ({
  page,
  stack,
}) => {
  const link = await linkLike(stack, 'quiet-machine', saves)
  const checkout = new CheckoutPage(page)
  const payment = page.frameLocator('iframe[name=sandbox-payment]')
  await checkout.open(link.slug)
  await expect(page.getByText(/If you choose to save it, Northlight Books keeps/)).toBeVisible()
  await payment.getByLabel('Save my payment information for next time').check()
  await checkout.payWith(cards.good)
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`
    select o.customer_id as customer, f.detail from orders o
    join order_facts f on f.order_id = o.id and f.kind like 'method_saved:%' where o.link_id = ${link.id}`
  expect(order?.detail).toMatchObject({
    agreed: ['box'],
    text: [expect.stringContaining('Northlight Books keeps this payment method')],
    link_version: 1,
  })
  const query = customerQuery(
    { customer: order?.customer, link: link.id, livemode: false },
    Math.floor(Date.now() / 1000) + 60,
    { secret: stack.env.BUYLINK_SECRET ?? '' },
  )
  await checkout.open(link.slug, `?${query}`)
  await expect(page.getByText('jenny@example.com')).toBeVisible()
  await payment.getByRole('radio', { name: /Visa ending in 4242/ }).check()
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  const orders = await stack.sql`select customer_id, status from orders where link_id = ${link.id}`
  expect(orders).toEqual([1, 2].map(() => ({ customer_id: order?.customer, status: 'paid' })))
})

test.describe('a charge that the bank wants its owner for', () => {
  // The browser itself logs the provider's 402, as it does with Stripe.
  test.use({ allowedErrors: /402 \(Payment Required\)|400 \(Bad Request\)/ })

  test('is confirmed on a page of its own, and the page says that it is done', async ({ page, stack }) => {
    const { token } = await unfinishedCharge(stack, 'Box of November')
    const address = `/finish/${token}`
    await page.goto(address)
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveText('Please confirm this payment')
    await expect(page.getByText('Pay with Visa ···· 3184')).toBeVisible()
    await page.getByRole('button', { name: 'Pay €12.00' }).click()
    await new CheckoutPage(page).authenticate('Complete')
    await expect(heading).toHaveText('Thank you. Your payment arrived.')
    await page.goto(address)
    await expect(heading).toHaveText('Thank you. Your payment arrived.')
    await expect(page.locator('iframe')).toHaveCount(0)
  })

  test('that fails at the bank is paid with another card', async ({ page, stack }) => {
    const { token } = await unfinishedCharge(stack, 'Box of December')
    await page.goto(`/finish/${token}`)
    await page.getByRole('button', { name: 'Pay €12.00' }).click()
    const checkout = new CheckoutPage(page)
    await checkout.authenticate('Fail')
    await expect(checkout.problem).toContainText('The payment did not go through')
    await page.getByRole('button', { name: 'Pay another way' }).click()
    await checkout.fillCard(cards.good)
    await checkout.pay()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you. Your payment arrived.')
  })
})

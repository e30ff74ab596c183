import { CheckoutPage } from '../support/checkout-page'
import { linkLike } from '../support/link-like'
import { expect, test } from '../support/test'

test('a buyer whose discount leaves nothing to pay gives no card', async ({ page, stack }) => {
  const { stripe } = stack.sandbox
  const coupon = await stripe.coupons.create({ percent_off: 100, duration: 'once' })
  const link = await linkLike(stack, 'quiet-machine', { discounts: [{ coupon: coupon.id }] })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await expect(checkout.payButton).toHaveText('Complete the order')
  await expect(page.getByText('There is nothing to pay today, so no card is needed.')).toBeVisible()
  await expect(page.locator('iframe[name=sandbox-payment]')).toHaveCount(0)
  await checkout.email.fill('free@example.com')
  await checkout.pay()
  await checkout.expectReceipt('Thank you. Your order is in.')
  const [order] = await stack.sql`
    select o.status, o.amount_total, o.fulfilled_at is not null as fulfilled, s.payment_status
    from orders o join checkout_sessions s on s.id = o.checkout_session_id where o.link_id = ${link.id}`
  expect(order).toEqual({
    status: 'paid',
    amount_total: '0',
    fulfilled: true,
    payment_status: 'no_payment_required',
  })
})

// Mutant: take "there are no fields to check" for a field that is wrong.
test('a buyer whose e-mail came with the link has nothing to fill in at all', async ({ page, stack }) => {
  const coupon = await stack.sandbox.stripe.coupons.create({ percent_off: 100, duration: 'once' })
  const link = await linkLike(stack, 'quiet-machine', { discounts: [{ coupon: coupon.id }] })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug, '?locked_prefilled_email=guest%40example.com')
  await expect(page.locator('form[data-total] iframe')).toHaveCount(0)
  await checkout.pay()
  await checkout.expectReceipt('Thank you. Your order is in.')
})

test('a buyer begins a trial that needs no card, without one', async ({ page, stack }) => {
  const link = await linkLike(stack, 'northlight-monthly', {
    payment_method_collection: 'if_required',
    subscription_data: {
      description: null,
      trial_period_days: 14,
      trial_end: 'cancel',
      metadata: {},
    },
  })
  const checkout = new CheckoutPage(page)
  await checkout.open(link.slug)
  await expect(checkout.payButton).toHaveText('Start the trial')
  await expect(page.locator('iframe[name=sandbox-payment]')).toHaveCount(0)
  await checkout.email.fill('trial@example.com')
  await checkout.pay()
  await checkout.expectReceipt('Thank you. Your order is in.')
  const [order] = await stack.sql`select status, subscription_id from orders where link_id = ${link.id}`
  expect(order).toEqual({ status: 'paid', subscription_id: expect.stringMatching(/^sub_/) })
})

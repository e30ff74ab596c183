import type Stripe from 'stripe'
import { CheckoutPage, cards } from '../support/checkout-page'
import { withLandingPage } from '../support/landing'
import { expect, test } from '../support/test'

const search =
  '?utm_source=newsletter&utm_medium=email&utm_campaign=spring_letter&utm_term=books&utm_content=top-button&client_reference_id=cart_42'
const codes = {
  utm_source: 'newsletter',
  utm_medium: 'email',
  utm_campaign: 'spring_letter',
  utm_term: 'books',
  utm_content: 'top-button',
}

test('codes and reference travel from the address to order, Stripe, events and landing page', async ({
  page,
  stack,
}, info) => {
  const { sql, sandbox } = stack
  const slug = `landing-${info.project.name}`
  await withLandingPage('lnksec_test', async (origin) => {
    await sql`
      with link as (
        insert into payment_links (id, livemode, slug, signing_secret, created_via)
        values (${`plink_${info.project.name}`}, false, ${slug}, 'lnksec_test', 'api') returning id
      )
      insert into payment_link_versions (link_id, version, config)
      select ${`plink_${info.project.name}`}, 1, config || ${sql.json({
        after_completion: {
          type: 'redirect',
          redirect: { url: `${origin}/thanks?session={CHECKOUT_SESSION_ID}` },
        },
      })} from payment_link_versions v join payment_links l on l.id = v.link_id where l.slug = 'quiet-machine'`
    const checkout = new CheckoutPage(page)
    await checkout.open(slug, search)
    // A reload is still the same visit.
    await checkout.open(slug, search)
    await checkout.payWith(cards.good)
    await page.waitForURL(`${origin}/thanks**`)
    await expect(page.getByRole('heading')).toHaveText('Thank you. Your payment arrived.')
    const target = Object.fromEntries(new URL(page.url()).searchParams)
    expect(target).toMatchObject({ ...codes, client_reference_id: 'cart_42', status: 'paid' })
    expect(target.bl_sig).toMatch(/^[0-9a-f]{64}$/)

    const session = await sandbox.stripe.checkout.sessions.retrieve(target.session ?? '', {
      expand: ['payment_intent'],
    })
    expect(session.client_reference_id).toBe('cart_42')
    expect(session.metadata).toMatchObject({ ...codes, client_reference_id: 'cart_42' })
    expect((session.payment_intent as Stripe.PaymentIntent).metadata).toMatchObject(codes)

    const [order] = await sql`
      select client_reference_id, first_touch, last_touch from orders where stripe_session_id = ${session.id}`
    expect(order).toEqual({ client_reference_id: 'cart_42', first_touch: codes, last_touch: codes })

    const incoming = await sql`select payload from stripe_events where object_id = ${session.id}`
    expect(JSON.parse(incoming[0]?.payload).data.object.metadata).toMatchObject(codes)
    const [outgoing] = await sql`
      select data from events where type = 'order.fulfilled' and data->'object'->>'checkout_session' = ${session.id}`
    expect(outgoing?.data.object).toMatchObject({
      client_reference_id: 'cart_42',
      tracking: { last_touch: codes },
    })
  })
})

test('values that break a rule are dropped and the sale goes on', async ({ page, stack }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine', '?client_reference_id=User%2F43&utm_source=a%20b&utm_campaign=kept')
  await checkout.payWith(cards.good, 'dropped@example.com')
  await checkout.expectReceipt(/Thank you/)
  const [order] = await stack.sql`
    select client_reference_id, last_touch from orders
    where receipt_token = ${page.url().split('/').at(-1) ?? ''}`
  expect(order).toEqual({ client_reference_id: null, last_touch: { utm_campaign: 'kept' } })
})

test('a prefilled e-mail can be changed, a locked one cannot', async ({ page }) => {
  const checkout = new CheckoutPage(page)
  await checkout.open('quiet-machine', '?prefilled_email=jenny%2Bbooks%40example.com')
  await expect(checkout.email).toHaveValue('jenny+books@example.com')
  await expect(checkout.email).toBeEditable()
  await checkout.open('reading-room', '?locked_prefilled_email=ines%40example.com')
  await expect(page.getByText('ines@example.com')).toBeVisible()
  await expect(checkout.email).toHaveCount(0)
  await checkout.fillCard(cards.good)
  await checkout.pay()
  await checkout.expectReceipt(/Thank you/)
  await expect(page.getByText('ines@example.com')).toBeVisible()
})

import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { type Form, openForm, sendForm } from '../support/form'
import { forgetOwner, owner, printedSetupPath } from '../support/owner'

const stack = sharedStack()
const { sql, baseUrl } = stack
const origin = { origin: baseUrl }

const owners = async () => (await sql`select email from users where role = 'owner'`).map(({ email }) => email)

async function freshForm(): Promise<Form> {
  return openForm(new Buyer(stack), printedSetupPath(stack) ?? '')
}

beforeEach(() => forgetOwner(stack))
afterAll(async () => {
  await forgetOwner(stack)
  await sql`update merchant set name = ${owner.business}`
})

describe('the first owner', () => {
  test('is made with the printed address, signed in, and names the business', async () => {
    const business = 'Northlight & Sons'
    const form = await freshForm()
    const browser = new Buyer(stack)
    const sent = await sendForm(browser, form, { ...owner, business, email: 'Owner@Example.org' }, origin)
    expect([sent.status, sent.location]).toEqual([303, '/dashboard/links'])
    expect(await owners()).toEqual([owner.email])
    expect(await sql`select name from merchant`).toEqual([{ name: business }])
    const page = await browser.fetch('/dashboard/links')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Northlight &amp; Sons')
  })

  test('keeps neither token nor password in the database', async () => {
    const path = printedSetupPath(stack) ?? ''
    const token = new URL(path, baseUrl).searchParams.get('token') ?? ''
    expect(token.length).toBeGreaterThanOrEqual(32)
    const [kept] = await sql`select token_hash from setup_tokens`
    expect(kept?.token_hash).not.toContain(token)
    await sendForm(new Buyer(stack), await openForm(new Buyer(stack), path), owner, origin)
    const [credential] = await sql`select password from credentials`
    expect(credential?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
    expect(await sql`select 1 from setup_tokens`).toHaveLength(0)
  })

  // Mutant: the token is deleted after the transaction, and no unique index stands behind it.
  test('is one, however many send the form at once', async () => {
    const form = await freshForm()
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        sendForm(new Buyer(stack), form, { ...owner, email: `owner${n}@example.org` }, origin),
      ),
    )
    expect(tries.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await owners()).toHaveLength(1)
    expect(await sql`select 1 from users`).toHaveLength(1)
    const refused = tries.find(({ status }) => status !== 303)
    expect(refused?.html).toMatch(/has an owner/)
  })

  test('cannot be made twice with one address', async () => {
    const form = await freshForm()
    await sendForm(new Buyer(stack), form, owner, origin)
    const again = await sendForm(new Buyer(stack), form, { ...owner, email: 'second@example.org' }, origin)
    expect(again.status).toBe(200)
    expect(again.response.headers.getSetCookie()).toEqual([])
    expect(await owners()).toEqual([owner.email])
    expect(await (await fetch(`${baseUrl}${form.path}`)).text()).toContain('Set up already')
    expect(printedSetupPath(stack)).toBeNull()
  })

  test('needs the newest token', async () => {
    const old = await freshForm()
    const current = await freshForm()
    expect(await (await fetch(`${baseUrl}${old.path}`)).text()).toContain('is not valid')
    for (const token of [old.fields.token ?? '', '', 'wrong', `${current.fields.token}x`]) {
      const sent = await sendForm(new Buyer(stack), current, { ...owner, token }, origin)
      expect(sent.html).toContain('This set-up address is not valid')
    }
    expect(await owners()).toEqual([])
    expect((await sendForm(new Buyer(stack), current, owner, origin)).status).toBe(303)
  })

  test.each([
    ['missing', null],
    ['null', 'null'],
    ['of another site', 'https://evil.example'],
    ['of another port', 'http://localhost:1'],
  ])('is not made by a form whose origin is %s', async (_, sentOrigin) => {
    const form = await freshForm()
    const browser = new Buyer(stack)
    const sent = await sendForm(browser, form, owner, { origin: sentOrigin })
    expect(sent.status).not.toBe(303)
    expect(sent.response.headers.getSetCookie()).toEqual([])
    expect(await owners()).toEqual([])
  })
})

describe('a mistake in the set-up', () => {
  let form: Form
  beforeEach(async () => {
    form = await freshForm()
  })

  test('is shown at its field, and what was typed stays, but not the password', async () => {
    const wrong = { business: ' ', email: 'owner@', password: 'short-secret'.slice(0, 11) }
    const { html, status } = await sendForm(new Buyer(stack), form, wrong, origin)
    expect(status).toBe(200)
    expect(html).toContain('Enter the name of the business.')
    expect(html).toContain('This is not an e-mail address.')
    expect(html).toContain('Use at least 12 characters.')
    expect(html).toContain('value="owner@"')
    expect(html).not.toContain(wrong.password)
    expect(await owners()).toEqual([])
  })

  test('does not use the token up', async () => {
    await sendForm(new Buyer(stack), form, { ...owner, password: 'short' }, origin)
    expect((await sendForm(new Buyer(stack), form, owner, origin)).status).toBe(303)
  })

  test('a password of 128 characters is not one', async () => {
    const password = 'Ünïcödé pass '.repeat(12).slice(0, 128)
    expect((await sendForm(new Buyer(stack), form, { ...owner, password }, origin)).status).toBe(303)
    const browser = new Buyer(stack)
    const login = await openForm(browser, '/login')
    const { status } = await sendForm(browser, login, { email: owner.email, password }, origin)
    expect(status).toBe(303)
  })
})

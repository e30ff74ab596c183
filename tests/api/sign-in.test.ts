import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'
import { openForm, sendForm } from '../support/form'
import { forgetAttempts, forgetOwner, owner, ownerBrowser } from '../support/owner'

const stack = sharedStack()
const { sql, baseUrl } = stack
const { email, password } = owner

/** Sends the sign-in form from an address of its own, so that only limits meant to be met are met. */
async function signIn(
  values: Record<string, string>,
  { path = '/login', origin = baseUrl as string | null, address = '192.0.2.1', app = baseUrl } = {},
) {
  const browser = new Buyer(stack, app)
  const form = await openForm(browser, path)
  const sent = await sendForm(browser, form, values, {
    origin,
    'x-forwarded-for': address,
    // What a proxy in front of several processes says.
    'x-forwarded-host': new URL(baseUrl).host,
  })
  return { browser, ...sent }
}

const isSignedIn = async (browser: Buyer) => (await browser.fetch('/dashboard/links')).status === 200
const alert = (html: string) => /<p role="alert"[^>]*>([^<]*)/.exec(html)?.[1] ?? null

beforeAll(async () => {
  await forgetOwner(stack)
  await ownerBrowser(stack)
})
beforeEach(() => forgetAttempts(stack))

describe('signing in', () => {
  test('with the right password leads to the page that was asked for', async () => {
    const { browser, status, location, response } = await signIn(
      { email: 'OWNER@example.org', password },
      { path: '/login?next=%2Fdashboard%2Forders%3Fafter%3Dord_x' },
    )
    expect([status, location]).toEqual([303, '/dashboard/orders?after=ord_x'])
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^buylink\.session_token=.+; Path=\/;.*HttpOnly; SameSite=lax/i)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('says the same of a wrong password and of an unknown address', async () => {
    const wrong = await signIn({ email, password: 'not the password' })
    const unknown = await signIn({ email: 'nobody@example.org', password })
    const odd = await signIn({ email: 'not an address', password })
    for (const { status, html, response, browser } of [wrong, unknown, odd]) {
      expect(status).toBe(200)
      expect(alert(html)).toBe('This e-mail address and password do not belong together.')
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await isSignedIn(browser)).toBe(false)
    }
    expect(wrong.html).toContain(`value="${email}"`)
    expect(wrong.html).not.toContain('not the password')
  })

  test('asks for what is missing beside the field', async () => {
    const { html } = await signIn({ email: '', password: '' })
    expect(html).toContain('Enter your e-mail address.')
    expect(html).toContain('Enter your password.')
  })

  test.each([null, 'null', 'https://evil.example', `${baseUrl}.evil.example`, ''])(
    'is refused to a form from origin %s',
    async (origin) => {
      const { browser, status, response } = await signIn({ email, password }, { origin })
      expect(status).not.toBe(303)
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await isSignedIn(browser)).toBe(false)
    },
  )

  // Mutant: `next` is followed as it is.
  test.each([
    'https://evil.example/dashboard',
    '//evil.example/dashboard',
    '/\\evil.example/dashboard',
    '/\t/evil.example/dashboard',
    '/.//evil.example',
    '/dashboard/..//evil.example',
    'javascript:alert(1)',
    '/logout',
    '/dashboardx',
    `${baseUrl}@evil.example/dashboard`,
  ])('never leads to %j', async (next) => {
    const path = `/login?next=${encodeURIComponent(next)}`
    const fromPage = await signIn({ email, password }, { path })
    expect(fromPage.location).toBe('/dashboard/links')
    const fromField = await signIn({ email, password, next })
    expect(fromField.location).toBe('/dashboard/links')
    const already = await fromField.browser.fetch(path)
    expect(already.headers.get('location')).toBe('/dashboard/links')
  })
})

describe('guessing', () => {
  // Mutants: the count is kept in memory; the right password is looked at before the count.
  test('an account ends after 20 tries, from whatever addresses, in every process', async () => {
    const other = await stack.startApp({ BASE_URL: baseUrl })
    const tries = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        signIn(
          { email, password: `guess number ${n}` },
          { address: `198.51.100.${n}`, app: n % 2 ? other.url : baseUrl },
        ),
      ),
    )
    const refused = tries.filter(({ html }) => alert(html)?.startsWith('Too many attempts'))
    expect(refused).toHaveLength(4)
    for (const app of [baseUrl, other.url]) {
      const right = await signIn({ email, password }, { address: '203.0.113.9', app })
      expect(alert(right.html)).toMatch(/^Too many attempts/)
      expect(await isSignedIn(right.browser)).toBe(false)
    }
    const elsewhere = await signIn({ email: 'other@example.org', password })
    expect(alert(elsewhere.html)).toMatch(/do not belong together/)
  })

  test('many accounts from one address ends after 20, an IPv6 /64 counting as one', async () => {
    const tries = []
    for (let n = 0; n < 22; n++) {
      tries.push(await signIn({ email: `p${n}@example.org`, password }, { address: `2001:db8:1:2::${n}` }))
    }
    const refused = tries.filter(({ html }) => alert(html)?.startsWith('Too many attempts'))
    expect(refused).toHaveLength(2)
    const neighbour = await signIn({ email, password }, { address: '2001:db8:1:3::1' })
    expect(neighbour.status).toBe(303)
  })

  test('forgets the count when the right password comes', async () => {
    for (let n = 0; n < 15; n++) await signIn({ email, password: 'wrong' }, { address: `198.51.100.${n}` })
    expect((await signIn({ email, password })).status).toBe(303)
    expect(await sql`select 1 from rate_limits where key like 'sign-in:%'`).toHaveLength(0)
  })
})

describe('signing out', () => {
  test('ends the session, and an old copy of the cookie with it', async () => {
    const { browser } = await signIn({ email, password })
    const copy = new Buyer(stack)
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
    expect(await isSignedIn(copy)).toBe(true)
    const form = await openForm(browser, '/dashboard/orders')
    const sent = await sendForm(browser, form, {}, { origin: baseUrl })
    expect([sent.status, sent.location]).toEqual([303, '/login'])
    expect(await isSignedIn(browser)).toBe(false)
    expect(await isSignedIn(copy)).toBe(false)
  })

  test.each([null, 'null', 'https://evil.example'])('is refused from origin %s', async (origin) => {
    const { browser } = await signIn({ email, password })
    const form = await openForm(browser, '/dashboard/links')
    expect((await sendForm(browser, form, {}, { origin })).status).not.toBe(303)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('with a session that is gone leads to sign-in', async () => {
    const { browser } = await signIn({ email, password })
    const form = await openForm(browser, '/dashboard/links')
    await sql`delete from sign_in_sessions`
    const sent = await sendForm(browser, form, {}, { origin: baseUrl })
    expect([sent.status, sent.location]).toEqual([303, '/login?next=%2Fdashboard%2Flinks'])
  })
})

test('a session ends by itself, and a changed cookie is none', async () => {
  const { browser } = await signIn({ email, password })
  await sql`update sign_in_sessions set expires_at = now() - interval '1 second'`
  expect(await isSignedIn(browser)).toBe(false)
  const other = (await signIn({ email, password })).browser
  for (const [name, value] of other.cookies) other.cookies.set(name, value.replace(/^./, '~'))
  expect(await isSignedIn(other)).toBe(false)
})

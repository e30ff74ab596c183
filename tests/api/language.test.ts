import { describe, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { sharedStack } from '../support/api'
import { Buyer } from '../support/buyer'

const stack = sharedStack()
const { sql, sandbox } = stack

const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' }

async function openedIn(search: string, headers: Record<string, string> = {}, buyer = new Buyer(stack)) {
  const response = await buyer.post('quiet-machine', search, headers)
  const { client_secret: secret } = (await response.json()) as { client_secret: string }
  const id = secret.split('_secret_')[0] ?? ''
  const [row] = await sql`select locale from checkout_sessions where stripe_session_id = ${id}`
  return { id, row: row?.locale, stripe: await sandbox.stripe.checkout.sessions.retrieve(id) }
}

describe('a checkout in the buyer’s language', () => {
  test('is stored and told to Stripe, where Stripe knows it', async () => {
    const asked = await openedIn('?locale=ZH-hk', german)
    expect(asked).toMatchObject({ row: 'zh-HK', stripe: { locale: 'zh-HK' } })
    expect(asked.stripe.return_url).toMatch(/&locale=zh-HK$/)
    expect(await openedIn('?locale=ar')).toMatchObject({ row: 'ar', stripe: { locale: null } })
    // Mutant: an unknown language in the address is English, not the browser's.
    expect(await openedIn('?locale=tlh', german)).toMatchObject({ row: 'de', stripe: { locale: 'de' } })
    expect(await openedIn('')).toMatchObject({ row: 'en', stripe: { locale: 'en' } })
  })

  test('is resumed in another, and remembers the last', async () => {
    const buyer = new Buyer(stack)
    const first = await openedIn('?locale=fr', {}, buyer)
    const second = await openedIn('?locale=he', {}, buyer)
    expect(second.id).toBe(first.id)
    expect([first.row, second.row]).toEqual(['fr', 'he'])
  })

  test('ends in it, and leaves the address bare where the browser asks for the same', async () => {
    const buyer = new Buyer(stack)
    const { id } = await openedIn('?locale=fi', {}, buyer)
    const back = async (query: string, headers = {}) => {
      const path = `/quiet-machine/return?session_id=${id}${query}`
      return new URL((await buyer.fetch(path, { headers })).headers.get('location') ?? '').search
    }
    expect(await back('&locale=fi')).toBe('?locale=fi')
    expect(await back('&locale=de', german)).toBe('')
    expect(await back('&locale="><script>')).toBe('')
  })
})

test.each(locales)('the page says from its first byte that it is in %s', async (locale) => {
  const html = await (await fetch(`${stack.baseUrl}/quiet-machine?locale=${locale}`)).text()
  const direction = locale === 'ar' || locale === 'he' ? 'rtl' : 'ltr'
  expect(html).toContain(`<html lang="${locale}" dir="${direction}">`)
})

test('a header of the visitor’s own chooses nothing', async () => {
  const headers = { 'x-locale': 'de', 'accept-language': 'sv' }
  const html = await (await fetch(`${stack.baseUrl}/quiet-machine`, { headers })).text()
  expect(html).toContain('<html lang="sv" dir="ltr">')
})

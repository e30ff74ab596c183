import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { localAddress } from '@/scripts/parts'
import { makePlan } from '@/scripts/plan'
import { freePort } from '@/scripts/ports'
import { unset } from '../support/start-process'

let folder: string
const kept: (() => void)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'buylink-plan-'))
  for (const [name, value] of Object.entries(unset)) vi.stubEnv(name, value)
  vi.stubEnv('DATA_DIR', folder)
  vi.stubEnv('PORT', '0')
  vi.stubEnv('SANDBOX_PORT', '0')
})

afterEach(() => {
  for (const release of kept.splice(0)) release()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function plan(env: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return makePlan({ serves: true, keep: (release) => kept.push(release) })
}

const own = {
  DATABASE_URL: 'postgres://buylink:hunter2@127.0.0.1:5432/buylink',
  BUYLINK_SECRET: 'f3a9c1d27b6e48058d1c2b3a49687d5e',
}

describe('without any of Stripe’s variables', () => {
  test('a trial gets the sandbox and a database', async () => {
    const { sandbox, postgres } = await plan()
    expect(sandbox?.databaseUrl).toBe('')
    expect(postgres).toEqual({ port: 0 })
  })

  // Mutant: no database of one's own is asked for, no public address, no SANDBOX_URL.
  test.each(['https://pay.acme.shop', 'https://8.8.8.8', 'https://[2606:4700::1111]'])(
    'a database and the public address %s are refused',
    async (address) => {
      await expect(plan({ ...own, BASE_URL: address })).rejects.toThrow(
        /STRIPE_SECRET_KEY is missing\. Copy the secret key/,
      )
    },
  )

  test.each([
    ['a local address', { BASE_URL: 'http://localhost:3000' }],
    ['a local name with https', { BASE_URL: 'https://shop.localhost' }],
    ['an address of the house', { BASE_URL: 'https://192.168.1.20' }],
    ['a public sandbox', { BASE_URL: 'https://try.acme.shop', SANDBOX_URL: 'https://sandbox.try.acme.shop' }],
  ])('a database and %s still are a trial', async (_, env) => {
    expect((await plan({ ...own, ...env })).sandbox).not.toBeNull()
  })
})

test.each([
  ['PORT', 'SANDBOX_PORT'],
  ['PORT', 'POSTGRES_PORT'],
  ['SANDBOX_PORT', 'POSTGRES_PORT'],
])('%s and %s cannot be the same', async (one, other) => {
  const port = String(await freePort())
  await expect(plan({ [one]: port, [other]: port })).rejects.toThrow(
    `${one} and ${other} are both ${port}: set one of them to another port.`,
  )
})

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['shop.local', 'http://shop.local:3000'],
])('a server that listens on %s is reached at %s', (host, address) => {
  expect(localAddress(host, 3000)).toBe(address)
})

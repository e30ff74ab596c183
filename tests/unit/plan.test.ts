import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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

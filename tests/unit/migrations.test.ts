import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '@/scripts/build-state'
import { run } from '@/scripts/run'

test('the migrations make the schema as it is written', { timeout: 120_000 }, async () => {
  const copy = mkdtempSync(join(tmpdir(), 'buylink-schema-'))
  for (const path of ['db', 'drizzle.config.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, path), join(copy, path), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const files = () => readdirSync(join(copy, 'db', 'migrations'), { recursive: true }).sort()
  const before = files()
  const { output } = await run('npx', ['--no-install', 'drizzle-kit', 'generate'], { cwd: copy })
  expect(output).toContain('nothing to migrate')
  expect(files()).toEqual(before)
  rmSync(copy, { recursive: true })
})

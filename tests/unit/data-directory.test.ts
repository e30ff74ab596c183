import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeWritable } from '@/scripts/data-directory'

// A file in the way stands for a folder of another user: these tests may run as root, who writes everywhere.
test('a folder that cannot be written is said in one sentence with its cure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'buylink-writable-'))
  const taken = join(folder, 'taken')
  writeFileSync(taken, '')
  const says = (cure: string) =>
    `${taken} cannot be written by this user: start as the user who made it, give it to this one, or ${cure}.`
  expect(() => makeWritable(taken)).toThrow(says('set DATA_DIR to another folder'))
  expect(() => makeWritable(taken, { cure: 'remove it' })).toThrow(says('remove it'))
  makeWritable(join(folder, 'new', 'one'))
  rmSync(folder, { recursive: true })
})

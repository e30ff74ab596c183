import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '@/scripts/build-state'
import { mutants } from '@/scripts/mutants/list'

// One that no longer fits the source is found out in the full run only, after hours.
test.each(mutants.flatMap(({ name, edits }) => edits.map((edit) => ({ name, ...edit }))))(
  'the mistake "$name" can be made in $file',
  ({ file, find, replace }) => {
    const places = readFileSync(join(root, file), 'utf8').split(find).length - 1
    expect(places).toBe(1)
    expect(replace).not.toBe(find)
  },
)

import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../build-state'

/** What tools write into in place, and what belongs to one checkout alone. */
const left = new Set(['.git', '.next', '.data', 'next-env.d.ts', 'test-results', 'playwright-report'])

/** Copies the tree beside it, with hard links where the disk allows them. @returns its folder */
export function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'buylink-mutants-'))
  for (const name of readdirSync(root)) {
    if (!left.has(name) && !name.endsWith('.tsbuildinfo')) copyEntry(join(root, name), join(copy, name))
  }
  return copy
}

function copyEntry(from: string, to: string): void {
  const stat = lstatSync(from)
  if (stat.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to)
  } else if (stat.isDirectory()) {
    mkdirSync(to)
    for (const name of readdirSync(from)) copyEntry(join(from, name), join(to, name))
  } else {
    linkOrCopy(from, to)
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

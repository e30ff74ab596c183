import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chaosTests } from '@/tests/support/chaos'
import { copyTree } from './mutants/copy'
import { type Edit, type Mutant, mutants } from './mutants/list'
import { run } from './run'

export { mutants }

/** `broken`: the test could not be run, or the tree could not be built; that says nothing of the mutant. */
export type MutantOutcome = {
  name: string
  by: string
  outcome: 'caught' | 'survived' | 'broken'
  seconds: number
  detail: string
}

/**
 * Applies each mutant to a copy of the tree and runs the short form of the test that must catch it.
 * @throws Error where an edit no longer fits the source: a mutant that changes nothing proves nothing
 */
export async function runMutants(
  chosen: readonly Mutant[],
  seed: number,
  signal: AbortSignal,
  tell: (outcome: MutantOutcome) => void,
): Promise<void> {
  const copy = copyTree()
  try {
    for (const mutant of chosen) mutant.edits.forEach((edit) => void mutated(copy, mutant.name, edit))
    for (const mutant of chosen) {
      signal.throwIfAborted()
      tell(await withEdits(copy, mutant, () => judge(copy, mutant, seed, signal)))
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function mutated(copy: string, name: string, { file, find, replace }: Edit): string {
  const text = readFileSync(join(copy, file), 'utf8')
  const places = text.split(find).length - 1
  if (places !== 1)
    throw new Error(`Mutant “${name}” does not fit ${file}: its text is there ${places} times.`)
  return text.replace(find, () => replace)
}

async function withEdits<T>(copy: string, { name, edits }: Mutant, work: () => Promise<T>): Promise<T> {
  const originals = new Map<string, string>()
  for (const edit of edits) {
    const path = join(copy, edit.file)
    if (!originals.has(path)) originals.set(path, readFileSync(path, 'utf8'))
    rewrite(path, mutated(copy, name, edit))
  }
  try {
    return await work()
  } finally {
    for (const [path, text] of originals) rewrite(path, text)
  }
}

/** The copy shares its files with the tree: a new file, never new content in the old one. */
function rewrite(path: string, text: string): void {
  rmSync(path)
  writeFileSync(path, text)
}

async function judge(
  copy: string,
  { name, by }: Mutant,
  seed: number,
  signal: AbortSignal,
): Promise<MutantOutcome> {
  if (!chaosTests().some(({ letter }) => letter === by)) throw new Error(`There is no core test ${by}.`)
  const since = Date.now()
  const args = ['--import', 'tsx', 'scripts/chaos.ts', '--short', '--only', by, '--seed', String(seed)]
  // A database server of its own: the template of ours has the schema as it should be.
  const env = { TEST_DATABASE_URL: undefined }
  const { code, output } = await run(process.execPath, args, { cwd: copy, env, signal })
  const outcome = code === 1 ? 'caught' : code === 0 ? 'survived' : 'broken'
  const detail = outcome === 'broken' ? output.trim() : outcome === 'caught' ? firstBreach(output) : ''
  return { name, by, outcome, seconds: (Date.now() - since) / 1000, detail }
}

const firstBreach = (output: string) => /^ {4}\S.*$/m.exec(output)?.[0].trim() ?? ''

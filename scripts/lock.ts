import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { birthOf, isAlive } from './processes'

type Holder = { pid: number; birth: string }

/**
 * Takes a lock that ends with this process, however it ends.
 *
 * A process id alone would not do: ids come back, after a restart of the machine even quickly.
 * @returns a function that gives the lock back, or the process that holds it.
 */
export function takeLock(file: string): { release: () => void } | { heldBy: number } {
  const own = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) } satisfies Holder)
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, own, { mode: 0o600 })
  try {
    for (;;) {
      try {
        // A link either appears complete or not at all, so nobody reads a half-written lock.
        linkSync(draft, file)
        return { release: () => readHolder(file)?.pid === process.pid && rmSync(file, { force: true }) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = readHolder(file)
      if (holder && isAlive(holder.pid) && birthOf(holder.pid) === holder.birth) return { heldBy: holder.pid }
      clearStale(file, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** Moves a dead lock away, and puts it back if somebody else had replaced it in the meantime. */
function clearStale(file: string, judged: Holder | undefined): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (JSON.stringify(readHolder(aside)) !== JSON.stringify(judged)) linkSync(aside, file)
  rmSync(aside, { force: true })
}

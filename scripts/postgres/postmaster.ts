import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { commandOf, isAlive, waitForEnd } from '../processes'
import { StartError } from '../start-error'

/** A server process found by its pid file. */
export type Postmaster = { pid: number; port: number }

/** The server that a former run left behind; undefined if none runs. */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid')
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  if (Number.isInteger(pid) && pid > 0 && isAlive(pid) && commandOf(pid).includes('postgres')) {
    return { pid, port: Number(lines[3]) }
  }
  // The id may by now belong to somebody else, and Postgres would refuse to start because of it.
  rmSync(file, { force: true })
  return undefined
}

/** Whether the server at `url` answers, knows the password and serves this very folder. */
export async function answersFor(url: string, data: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    const [row] = await sql<
      { setting: string }[]
    >`select setting from pg_settings where name = 'data_directory'`
    return row?.setting === data
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {})
  }
}

/** Asks a server to close its clients and stop; insists after eight seconds. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 8000],
    ['SIGQUIT', 5000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw new StartError(
        `Postgres (process ${pid}) belongs to another user: stop it, or start as that user.`,
      )
    }
    if (await waitForEnd(pid, patience)) return
  }
  throw new StartError(`Postgres (process ${pid}) does not stop: stop it by hand and start again.`)
}

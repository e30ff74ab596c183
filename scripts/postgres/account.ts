import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { StartError } from '../start-error'

/** Whom the database runs as; null where that is simply ourselves. */
export type Account = { uid: number; gid: number } | null

function id(option: '-u' | '-g' | '-un', name: string): string | undefined {
  const result = spawnSync('id', [option, name], { encoding: 'utf8' })
  return result.status === 0 ? result.stdout.trim() : undefined
}

/**
 * Postgres refuses to run as root, so root steps down: to whoever owns the data, else to `postgres`, else to
 * `nobody`.
 * @throws StartError where the account has no name, which initdb insists on.
 */
export function databaseAccount(data: string): Account {
  if (process.platform === 'win32') return null
  if (process.getuid?.() !== 0) {
    try {
      userInfo()
    } catch {
      throw new StartError(
        `User ${process.getuid?.()} has no entry in /etc/passwd and cannot run the embedded Postgres: add one, or set DATABASE_URL to a database of your own.`,
      )
    }
    return null
  }
  if (existsSync(data)) {
    const { uid, gid } = statSync(data)
    if (uid !== 0) {
      if (id('-un', String(uid)) !== undefined) return { uid, gid }
      throw new StartError(
        `${data} belongs to user ${uid}, who has no entry in /etc/passwd and cannot run Postgres: give it to another user, or set DATABASE_URL.`,
      )
    }
  }
  for (const name of ['postgres', 'nobody']) {
    const uid = Number(id('-u', name))
    const gid = Number(id('-g', name))
    if (uid > 0 && gid > 0) return { uid, gid }
  }
  throw new StartError(
    'Postgres refuses to run as root, and there is neither a user postgres nor nobody: start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Nothing of our own configuration: the database's programs get only what they need. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}

/** Runs a program as the account and waits; used for questions such as "can it enter this folder?". */
export function runAs(account: Account, command: string, args: string[]) {
  return spawnSync(command, args, {
    ...account,
    cwd: '/',
    encoding: 'utf8',
    env: plainEnvironment(),
  })
}

/** Gives a folder and all that is in it to the account. */
export function giveTo(account: Account, folder: string): void {
  if (account === null) return
  const result = spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, folder], { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`Cannot give ${folder} to user ${account.uid}: ${result.stderr}`)
}

export function canEnter(account: Account, folder: string): boolean {
  return account === null || runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).status === 0
}

import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error'
import { giveTo, runAs } from './account'
import { type Binaries, postgresBinaries } from './binaries'
import type { Home } from './home'

/** The files of one embedded server: programs, data, and the password of its only role. */
export type Cluster = Home & { binaries: Binaries; data: string; password: string }

export const role = 'buylink'

/** Finds the server's files below `directory`, and makes them on the first start. */
export function openCluster(
  directory: string,
  { home, account }: Home,
  options: { durable: boolean },
): Cluster {
  const binaries = postgresBinaries(home, account)
  const data = join(home, 'data')
  const passwordFile = join(directory, 'postgres.password')
  if (existsSync(data)) {
    if (!existsSync(passwordFile)) {
      throw new StartError(`${passwordFile} is gone: bring it back, or remove ${directory} to start afresh.`)
    }
    requireSameMajor(data, { home, account, binaries })
    return { home, account, binaries, data, password: readFileSync(passwordFile, 'utf8').trim() }
  }
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  initialise({ home, account, binaries, data, password }, options)
  return { home, account, binaries, data, password }
}

function initialise(
  { home, account, binaries, data, password }: Cluster,
  options: { durable: boolean },
): void {
  const draft = `${data}.new`
  const secret = join(home, 'initdb.password')
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(secret, password, { mode: 0o600 })
  if (account) chownSync(secret, account.uid, account.gid)
  try {
    const result = runAs(account, binaries.initdb, [
      `--pgdata=${draft}`,
      `--username=${role}`,
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync']),
    ])
    if (result.status !== 0) {
      const reason = result.error?.message ?? result.stderr.trim().split('\n').at(-1)
      throw new StartError(`The embedded Postgres cannot be set up in ${home}: ${reason}`)
    }
  } finally {
    rmSync(secret, { force: true })
  }
  renameSync(draft, data)
  giveTo(account, data)
}

function requireSameMajor(data: string, { account, binaries }: Omit<Cluster, 'data' | 'password'>): void {
  const stored = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const ours = /(\d+)/.exec(runAs(account, binaries.postgres, ['--version']).stdout)?.[1]
  if (stored !== ours) {
    throw new StartError(
      `${data} was made by Postgres ${stored}, and this is ${ours}: move it with pg_dump of version ${stored}, or remove it to start afresh.`,
    )
  }
}

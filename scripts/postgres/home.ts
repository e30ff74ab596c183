import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeWritable } from '../data-directory'
import { StartError } from '../start-error'
import { type Account, canEnter, databaseAccount } from './account'

/** Where root's database lives if the account it steps down to cannot enter the checkout. */
const elsewhere = '/var/lib/buylink'

export type Home = { home: string; account: Account }

/**
 * The folder of the database server below `directory`, made if need be, and whom it runs as.
 *
 * Below a home that only root may enter, `postgres` becomes a link to a place others can reach.
 */
export function databaseHome(directory: string): Home {
  const wanted = join(directory, 'postgres')
  makeWritable(directory)
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(wanted)) {
    throw new StartError(
      `${wanted} points to a folder that is gone: bring it back, or remove ${directory} to start afresh.`,
    )
  }
  const account = databaseAccount(join(wanted, 'data'))
  if (account && statSync(directory).uid === 0) chmodSync(directory, 0o711)
  const isNew = mkdirSync(wanted, { recursive: true, mode: 0o700 }) !== undefined
  if (account && isNew) chownSync(wanted, account.uid, account.gid)
  if (canEnter(account, realpathSync(wanted))) {
    makeWritable(wanted)
    return { home: realpathSync(wanted), account }
  }
  if (!isNew) {
    throw new StartError(
      `The embedded Postgres cannot enter ${wanted}: make the folders above it passable (chmod o+x), or set DATABASE_URL.`,
    )
  }
  return { home: moveElsewhere(wanted, account), account }
}

function moveElsewhere(wanted: string, account: Account): string {
  try {
    mkdirSync(elsewhere, { recursive: true })
    chmodSync(elsewhere, 0o755)
    const home = mkdtempSync(join(elsewhere, 'postgres-'))
    if (account) chownSync(home, account.uid, account.gid)
    rmdirSync(wanted)
    symlinkSync(home, wanted)
    return home
  } catch (error) {
    throw new StartError(
      `The embedded Postgres can use neither ${wanted} nor ${elsewhere} (${(error as Error).message}): move the checkout out of root's home, or set DATABASE_URL.`,
    )
  }
}

import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { takeLock } from '../lock'
import { freePort, requirePort } from '../ports'
import { StartError } from '../start-error'
import { plainEnvironment } from './account'
import { type Cluster, openCluster, role } from './cluster'
import { databaseHome } from './home'
import { keepRunning, type Running } from './keep-running'
import { answersFor, findPostmaster, stopPostmaster } from './postmaster'

export type EmbeddedPostgres = {
  port: number
  /** The folder that holds the server's files, wherever they had to go. */
  home: string
  url(database: string): string
  /** Makes the database if it is not there. @returns its address. */
  ensureDatabase(name: string): Promise<string>
  /** Settles when the server died and would not come back. */
  lost: Promise<Error>
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** Holds data, password and lock. */
  directory: string
  /** Undefined or 0 for any free one. */
  port?: number
  /** False gives up safety against power cuts for speed; for tests. */
  durable?: boolean
  log?: (line: string) => void
}

/**
 * Runs a Postgres server of our own on 127.0.0.1, adopts one that a killed run left behind, and restarts it
 * should it die.
 * @throws StartError if another process serves the same directory, or the port is taken.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { directory, durable = true, log = () => {} } = options
  const place = databaseHome(directory)
  const lock = takeLock(join(directory, 'postgres.lock'))
  if ('heldBy' in lock) {
    throw new StartError(`Buylink already runs in this directory (process ${lock.heldBy}): stop it first.`)
  }
  try {
    const found = findPostmaster(join(place.home, 'data'))
    // Before files are made for a server that could not listen.
    if (!found && options.port) await requirePort(options.port, '127.0.0.1', 'POSTGRES_PORT')
    const cluster = openCluster(directory, place, { durable })
    const address = (port: number, database: string) =>
      `postgres://${role}:${cluster.password}@127.0.0.1:${port}/${database}`
    const answers = (port: number) => answersFor(address(port, 'postgres'), cluster.data)
    let running: Running
    if (found && (!options.port || options.port === found.port) && (await answers(found.port))) {
      running = found
    } else {
      if (found) await stopPostmaster(found.pid)
      const port = options.port
        ? await requirePort(options.port, '127.0.0.1', 'POSTGRES_PORT')
        : await freePort()
      running = await launch(cluster, port, durable, () => answers(port))
    }
    const { port } = running
    const url = (database: string) => address(port, database)
    const watch = keepRunning(running, () => launch(cluster, port, durable, () => answers(port)), log)
    return {
      port,
      home: cluster.home,
      url,
      lost: watch.lost,
      ensureDatabase: (name) => ensureDatabase(url('postgres'), name).then(() => url(name)),
      stop: async () => {
        await stopPostmaster((await watch.release()).pid)
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function launch(
  cluster: Cluster,
  port: number,
  durable: boolean,
  answers: () => Promise<boolean>,
): Promise<Running> {
  const logFile = join(cluster.home, 'server.log')
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const output = openSync(logFile, size > 10_000_000 ? 'w' : 'a', 0o600)
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    // Statements carry what buyers typed; a log is no place for it.
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Its own process group, so that Ctrl-C in a terminal reaches us and not the server under our feet.
    {
      ...cluster.account,
      cwd: '/',
      env: plainEnvironment(),
      detached: true,
      stdio: ['ignore', output, output],
    },
  )
  closeSync(output)
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const until = Date.now() + 60_000
  while (!failure && child.exitCode === null && child.signalCode === null && Date.now() < until) {
    if (child.pid && (await answers())) return { pid: child.pid, port, child }
    await sleep(50)
  }
  if (child.exitCode === null && child.pid) child.kill('SIGQUIT')
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-20)
  const reason =
    failure?.message ?? lines.findLast((line) => /could not bind|FATAL/.test(line)) ?? lines.at(-1)
  throw new StartError(`The embedded Postgres does not start: ${reason} (see ${logFile})`)
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const found = await sql`select from pg_database where datname = ${name}`
    if (found.length === 0) await sql`create database ${sql(name)}`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

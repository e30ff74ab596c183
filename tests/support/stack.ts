import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { buildApplication, nextProgram } from '@/scripts/build-application'
import { isBuildFresh, root } from '@/scripts/build-state'
import { type Child, startChild } from '@/scripts/child'
import { freePort } from '@/scripts/ports'
import { freshDatabase, testServer } from './database'
import { SandboxControl } from './sandbox'

/** Where everything is; plain data, so that it can be handed to the processes that run tests. */
export type StackAddresses = {
  baseUrl: string
  databaseUrl: string
  sandboxUrl: string
  webhookSecret: string
  secretKey: string
  publishableKey: string
  /** The environment of the application. */
  env: Record<string, string>
}

/** What tests hold: addresses, a client of the database, the controls of the sandbox. */
export type StackClient = StackAddresses & {
  addresses: StackAddresses
  sql: postgres.Sql
  sandbox: SandboxControl
  /** Another process of the same application on the same database. */
  startApp(env?: Record<string, string>): Promise<App>
  /** Closes the clients of this test process and the applications it started; not the stack. */
  close(): Promise<void>
}

export type App = Child & { url: string }
export type Stack = StackClient & { stop(): Promise<void> }

export type StackOptions = {
  /** False leaves the application out. */
  app?: boolean
  /** Fills the database with the demo catalogue. */
  seed?: boolean
  /** More environment for the application. */
  env?: Record<string, string>
}

const random = (bytes = 24) => randomBytes(bytes).toString('hex')

/**
 * Starts a whole Buylink of its own: a fresh database, a sandbox that forgets, and the built application, all
 * on free ports of 127.0.0.1 and joined by a webhook. Builds the application if there is no fresh build.
 */
export async function startStack({ app = true, seed = false, env = {} }: StackOptions = {}): Promise<Stack> {
  if (app && !isBuildFresh()) await buildApplication({ quiet: true })
  const server = await testServer()
  const running: Child[] = []
  const stopAll = async () => {
    for (const child of running.reverse()) await child.stop()
    await server.stop()
  }
  try {
    const databaseUrl = await freshDatabase(server.url)
    const port = await freePort()
    const addresses = await startSandbox(port, databaseUrl, env, running)
    if (seed) runSeed(addresses.env)
    if (app) running.push(await startApp(addresses.env, port))
    const client = connectStack(addresses)
    return {
      ...client,
      stop: async () => {
        await client.close()
        await stopAll()
      },
    }
  } catch (error) {
    await stopAll()
    throw error
  }
}

async function startSandbox(
  port: number,
  databaseUrl: string,
  env: Record<string, string>,
  running: Child[],
): Promise<StackAddresses> {
  const sandboxUrl = `http://127.0.0.1:${await freePort()}`
  const baseUrl = `http://localhost:${port}`
  const webhookSecret = `whsec_${random()}`
  const secretKey = `sk_test_${random()}`
  const publishableKey = `pk_test_${random()}`
  running.push(
    await startChild({
      name: 'The sandbox',
      args: ['--import', 'tsx', 'sandbox/main.ts'],
      env: {
        SANDBOX_PORT: new URL(sandboxUrl).port,
        SANDBOX_HOST: '127.0.0.1',
        SANDBOX_DATABASE_URL: '',
        SANDBOX_WEBHOOKS: `http://127.0.0.1:${port}/webhooks/stripe|${webhookSecret}`,
      },
      readyUrl: sandboxUrl,
      onOutput: (text) => process.stderr.write(text),
    }),
  )
  return {
    baseUrl,
    databaseUrl,
    sandboxUrl,
    webhookSecret,
    secretKey,
    publishableKey,
    env: {
      BASE_URL: baseUrl,
      BUYLINK_SECRET: random(32),
      DATABASE_URL: databaseUrl,
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_PUBLISHABLE_KEY: publishableKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_BASE: sandboxUrl,
      STRIPE_JS_URL: `${sandboxUrl}/v3/stripe.js`,
      LOG_LEVEL: 'warn',
      // All test buyers share one address.
      SESSIONS_PER_ADDRESS: '100000',
      SWEEP_SECONDS: '5',
      ...env,
    },
  }
}

async function startApp(env: Record<string, string>, port: number): Promise<App> {
  const child = await startChild({
    name: 'The application',
    args: [nextProgram, 'start', '-H', '127.0.0.1', '-p', String(port)],
    env: { ...env, PORT: String(port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    readyUrl: `http://127.0.0.1:${port}/healthz`,
    onOutput: (text) => process.stderr.write(text),
  })
  return { ...child, url: `http://localhost:${port}` }
}

function runSeed(env: Record<string, string>): void {
  const result = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/seed.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (result.status !== 0) throw new Error(`The seed failed:\n${result.stdout}${result.stderr}`)
}

/** Takes part in a stack that another process started. */
export function connectStack(addresses: StackAddresses): StackClient {
  const sql = postgres(addresses.databaseUrl, { max: 4, onnotice: () => {} })
  const started: App[] = []
  return {
    ...addresses,
    addresses,
    sql,
    sandbox: new SandboxControl(addresses.sandboxUrl, addresses.secretKey),
    startApp: async (env = {}) => {
      const app = await startApp({ ...addresses.env, ...env }, await freePort())
      started.push(app)
      return app
    },
    close: async () => {
      for (const app of started) await app.stop()
      await sql.end({ timeout: 5 })
    },
  }
}

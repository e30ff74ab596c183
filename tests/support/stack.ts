import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { buildApplication } from '@/scripts/build-application'
import { isBuildFresh } from '@/scripts/build-state'
import type { Child } from '@/scripts/child'
import { startApplication, startSandbox as startSandboxProcess } from '@/scripts/parts'
import { freePort } from '@/scripts/ports'
import { runScript } from '@/scripts/run'
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
  /** Another process of the same application on the same database; its output goes to ours unless taken. */
  startApp(env?: Record<string, string>, onOutput?: (text: string) => void): Promise<App>
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

const host = '127.0.0.1'
const show = (text: string): void => {
  process.stderr.write(text)
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
    if (seed) await runSeed(addresses.env)
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
  const sandboxPort = await freePort()
  const sandboxUrl = `http://${host}:${sandboxPort}`
  const baseUrl = `http://localhost:${port}`
  const webhookSecret = `whsec_${random()}`
  const secretKey = `sk_test_${random()}`
  const publishableKey = `pk_test_${random()}`
  running.push(
    await startSandboxProcess(
      {
        port: sandboxPort,
        host,
        publicUrl: sandboxUrl,
        databaseUrl: '',
        webhook: `http://${host}:${port}/webhooks/stripe|${webhookSecret}`,
      },
      show,
    ),
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
      // Receivers of tests are on this machine, and no test has three days.
      WEBHOOK_ALLOW: '127.0.0.1/32',
      WEBHOOK_TIME_SCALE: '60',
      ...env,
    },
  }
}

async function startApp(env: Record<string, string>, port: number, onOutput = show): Promise<App> {
  const child = await startApplication(
    { run: 'start', host, port, env: { ...env, NODE_ENV: 'production' } },
    onOutput,
  )
  return { ...child, url: `http://localhost:${port}` }
}

async function runSeed(env: Record<string, string>): Promise<void> {
  const { ok, output } = await runScript('scripts/seed-database.ts', { env })
  if (!ok) throw new Error(`The seed failed:\n${output}`)
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
    startApp: async (env = {}, onOutput = show) => {
      const app = await startApp({ ...addresses.env, ...env }, await freePort(), onOutput)
      started.push(app)
      return app
    },
    close: async () => {
      for (const app of started) await app.stop()
      await sql.end({ timeout: 5 })
    },
  }
}

import { nextProgram } from './build-application'
import { type Child, startChild } from './child'
import { hostPort } from './ports'

/** How this machine reaches a server that listens on `host`. */
export function localAddress(host: string, port: number): string {
  const every = host === '0.0.0.0' || host === '::'
  return `http://${hostPort(every ? '127.0.0.1' : host, port)}`
}

export type SandboxOptions = {
  port: number
  host: string
  /** Where browsers reach it. */
  publicUrl: string
  /** Empty: it forgets everything when it stops. */
  databaseUrl: string
  /** `url|secret` of the application's endpoint. */
  webhook: string
}

/** Starts the stand-in for Stripe as a process of its own. */
export function startSandbox(options: SandboxOptions, onOutput: (text: string) => void): Promise<Child> {
  const { port, host, publicUrl, databaseUrl, webhook } = options
  return startChild({
    name: 'The sandbox',
    args: ['--import', 'tsx', 'sandbox/main.ts'],
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_HOST: host,
      SANDBOX_URL: publicUrl,
      SANDBOX_WEBHOOKS: webhook,
      SANDBOX_DATABASE_URL: databaseUrl,
    },
    readyUrl: localAddress(host, port),
    onOutput,
  })
}

export type ApplicationOptions = {
  run: 'start' | 'dev'
  port: number
  host: string
  env: Record<string, string>
}

/** Starts the built application, or the development server. */
export function startApplication(
  options: ApplicationOptions,
  onOutput: (text: string) => void,
): Promise<Child> {
  const { run, port, host, env } = options
  return startChild({
    name: 'The application',
    args: [nextProgram, run, '-H', host, '-p', String(port)],
    env: { ...env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' },
    readyUrl: `${localAddress(host, port)}/healthz`,
    onOutput,
  })
}

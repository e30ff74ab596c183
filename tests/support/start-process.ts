import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '@/scripts/build-state'

/** Variables that decide what is started; empty ones keep a developer's `.env` out of the test. */
export const unset = {
  BASE_URL: '',
  BUYLINK_SECRET: '',
  DATABASE_URL: '',
  HOST: '',
  SANDBOX_HOST: '',
  SANDBOX_URL: '',
  SANDBOX_DATABASE_URL: '',
  POSTGRES_PORT: '',
  STRIPE_SECRET_KEY: '',
  STRIPE_PUBLISHABLE_KEY: '',
  STRIPE_WEBHOOK_SECRET: '',
  STRIPE_API_BASE: '',
  STRIPE_JS_URL: '',
}

export type StartProcess = {
  pid: number
  /** Standard output and error until now. */
  output(): string
  /** Waits for the last line of the welcome. @throws Error with the output if it ends before that. */
  ready(): Promise<void>
  signal(name: NodeJS.Signals): void
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

/** Runs the start command as a process of its own. */
export function startProcess(env: Record<string, string>): StartProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: root,
    env: { ...process.env, ...unset, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let end: number | string | undefined
  const collect = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      end = code ?? signal ?? 'unknown'
      resolve(end)
    })
  })
  return {
    pid: child.pid as number,
    output: () => output,
    ready: async () => {
      while (!output.includes('Ctrl-C stops')) {
        if (end !== undefined) throw new Error(`It ended (${end}):\n${output}`)
        await sleep(50)
      }
    },
    signal: (name) => void child.kill(name),
    ended,
  }
}

import { spawn } from 'node:child_process'
import { root } from './build-state'

const stopPatience = 5000

export type Finished = { ok: boolean; code: number | null; how: string; output: string }

export type RunOptions = {
  /** Added to our own; undefined takes a variable out. */
  env?: Record<string, string | undefined>
  /** Where, if not in the project's folder. */
  cwd?: string
  /** Lets the program write to our terminal instead of collecting what it says. */
  show?: boolean
  signal?: AbortSignal
}

/**
 * Runs a program to its end. Does not throw if it fails. Where the signal ends it early, what it has started ends
 * with it, and only then is it over.
 */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const { env = {}, cwd = root, show = false, signal } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // A process group of its own can be ended whole.
      detached: signal !== undefined,
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    let insist: NodeJS.Timeout | undefined
    const stop = () => {
      if (child.pid === undefined) return
      const group = -child.pid
      send(group, 'SIGTERM')
      insist = setTimeout(() => send(group, 'SIGKILL'), stopPatience)
    }
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    const finish = (finished: Omit<Finished, 'output'>) => {
      clearTimeout(insist)
      signal?.removeEventListener('abort', stop)
      resolve({ ...finished, output })
    }
    child.once('error', (error) => finish({ ok: false, code: null, how: error.message }))
    child.once('close', (code, by) => {
      if (signal?.aborted) finish({ ok: false, code: null, how: 'stopped' })
      else finish({ ok: code === 0, code, how: by ?? `exit code ${code}` })
    })
  })
}

function send(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(group, name)
  } catch {
    // Gone already: what we wanted.
  }
}

/** Runs one of our TypeScript programs. */
export function runScript(script: string, options: RunOptions = {}): Promise<Finished> {
  return run(process.execPath, ['--import', 'tsx', script], options)
}

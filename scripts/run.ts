import { spawn } from 'node:child_process'
import { root } from './build-state'

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

/** Runs a program to its end. Does not throw if it fails. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const { env = {}, cwd = root, show = false, signal } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGTERM',
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => resolve({ ok: false, code: null, how: error.message, output }))
    child.once('close', (code, by) =>
      resolve({ ok: code === 0, code, how: by ?? `exit code ${code}`, output }),
    )
  })
}

/** Runs one of our TypeScript programs. */
export function runScript(script: string, options: RunOptions = {}): Promise<Finished> {
  return run(process.execPath, ['--import', 'tsx', script], options)
}

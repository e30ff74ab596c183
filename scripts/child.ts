import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { waitForEnd } from './processes'
import { StartError } from './start-error'

const root = fileURLToPath(new URL('..', import.meta.url))
const followParent = new URL('./follow-parent.mjs', import.meta.url).href

export type Child = {
  pid: number
  /** Settles when it ends without having been stopped, with its exit code or signal. */
  lost: Promise<string>
  stop(): Promise<void>
}

export type ChildOptions = {
  name: string
  /** Script and arguments for Node, `--import tsx` included where it is TypeScript. */
  args: string[]
  env: Record<string, string>
  /** Answered by HTTP, with whatever status, once the child is ready. */
  readyUrl: string
  /** Where the output goes after the start; what came before is shown only if the start fails. */
  onOutput?: (text: string) => void
}

const startPatience = 60_000
const stopPatience = 5000

/**
 * Starts a Node program of ours and waits until it answers.
 *
 * It gets a process group of its own: Ctrl-C in a terminal then reaches only us, and we stop things in order.
 * @throws StartError with its output if it ends before that.
 */
export async function startChild({ name, args, env, readyUrl, onOutput }: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, ['--import', followParent, ...args], {
    cwd: root,
    env: { ...process.env, ...env, FOLLOW_PARENT: String(process.pid) },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let early = ''
  let ready = false
  let stopping = false
  const receive = (chunk: Buffer) => {
    if (ready) onOutput?.(chunk.toString())
    else early += chunk.toString()
  }
  child.stdout?.on('data', receive)
  child.stderr?.on('data', receive)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })

  const stop = async () => {
    stopping = true
    if (child.pid === undefined) return
    signal(child.pid, 'SIGTERM')
    if (!(await waitForEnd(child.pid, stopPatience))) signal(child.pid, 'SIGKILL')
    await ended
    signal(-child.pid, 'SIGKILL')
  }

  let outcome: string | undefined
  ended.then((how) => {
    outcome = how
  })
  const until = Date.now() + startPatience
  while (!(await answers(readyUrl))) {
    if (outcome === undefined && Date.now() < until) {
      await sleep(50)
      continue
    }
    await stop()
    throw new StartError(`${name} did not start (${outcome ?? 'no answer'}):\n${early.trim()}`)
  }
  if (outcome !== undefined) throw new StartError(`${name} did not start (${outcome}):\n${early.trim()}`)
  ready = true
  return {
    pid: child.pid as number,
    lost: ended.then((how) => (stopping ? new Promise<never>(() => {}) : how)),
    stop,
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already: what we wanted.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return true
  } catch {
    return false
  }
}

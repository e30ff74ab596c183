import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { keepRunning, type Running } from '@/scripts/postgres/keep-running'

function server(): Running {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'])
  return { pid: child.pid as number, port: 1, child }
}

async function dies({ child }: Running): Promise<void> {
  const gone = new Promise((resolve) => child?.once('exit', resolve))
  child?.kill('SIGKILL')
  await gone
}

test('a server that dies is started again', async () => {
  const first = server()
  const next = server()
  const watch = keepRunning(
    first,
    async () => next,
    () => {},
  )
  await dies(first)
  await sleep(400)
  expect(await watch.release()).toBe(next)
  await dies(next)
})

// Mutant: what was released during the pause is started all the same.
test('a server that dies as it is released stays dead', async () => {
  const first = server()
  const launch = vi.fn(async () => server())
  const watch = keepRunning(first, launch, () => {})
  await dies(first)
  await sleep(50)
  expect(await watch.release()).toBe(first)
  await sleep(400)
  expect(launch).not.toHaveBeenCalled()
})

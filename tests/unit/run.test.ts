import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isAlive } from '@/scripts/processes'
import { run } from '@/scripts/run'

/** Says its id and lives for a while, whatever a polite signal says. */
const deaf = `process.on('SIGTERM', () => setTimeout(() => process.exit(), 300)); console.log(process.pid)
setTimeout(() => {}, 20_000);`

const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: 'inherit' });`

// Mutants: be over when the signal comes; end the child alone.
test('a program that is stopped has ended, and so have those it started', async () => {
  const stopping = new AbortController()
  setTimeout(() => stopping.abort(), 1500)
  const { ok, output } = await run(process.execPath, ['-e', parent + deaf], { signal: stopping.signal })
  expect(ok).toBe(false)
  const pids = output.trim().split('\n').map(Number)
  expect(pids).toHaveLength(2)
  // A process that nobody waits for is listed until its new parent has.
  await sleep(50)
  expect(pids.filter(isAlive)).toEqual([])
})

test('a program that is stopped before it began does not go on', async () => {
  const { ok } = await run(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], {
    signal: AbortSignal.abort(),
  })
  expect(ok).toBe(false)
})

test('a program that is not there is a failure', async () => {
  const finished = await run('/nowhere/program', [], { signal: new AbortController().signal })
  expect(finished).toMatchObject({ ok: false, code: null, how: expect.stringContaining('ENOENT') })
})

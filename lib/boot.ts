import { env } from '@/lib/env'
import { nameSockets } from '@/lib/http/socket-address'
import { log, takeOverConsole } from '@/lib/log'
import { startWorker } from '@/lib/worker'

/**
 * What happens once before the server answers: a wrong configuration ends the process, however it was
 * started, and the loops begin unless they run in a process of their own.
 */
export function boot(): void {
  try {
    env()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  takeOverConsole()
  nameSockets()
  if (env().worker === 'off') return
  const worker = startWorker()
  process.once('SIGTERM', () => {
    worker.stop().catch((error) => log.error({ operation: 'stop', error }, 'the worker did not end in order'))
  })
}

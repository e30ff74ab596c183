import { env } from '@/lib/env'
import { startWorker } from '@/lib/worker'
import { loadEnvFile } from './env-file'

loadEnvFile()
try {
  env()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const worker = startWorker()
console.log('The worker runs. Set WORKER=off for the web processes if it is to work alone.')
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, async () => {
    await worker.stop()
    process.exit(0)
  })
}

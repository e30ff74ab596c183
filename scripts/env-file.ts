import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build-state'

/** Reads `.env` as the application itself will; what is set already stays as it is. */
export function loadEnvFile(): void {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

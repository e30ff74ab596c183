import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { hashSources, recordBuild, root } from './build-state'
import { StartError } from './start-error'

/** The command line program of the framework. */
export const nextProgram = createRequire(import.meta.url).resolve('next/dist/bin/next')

/**
 * Builds the application for production and notes of which sources.
 * @param quiet shows the output only if the build fails.
 * @throws StartError if it fails.
 */
export function buildApplication({ quiet = false } = {}): void {
  const hash = hashSources()
  rmSync(join(root, '.next', 'BUILD_ID'), { force: true })
  const result = spawnSync(process.execPath, [nextProgram, 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: quiet ? 'pipe' : 'inherit',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.status !== 0) {
    throw new StartError(`The build failed.\n${result.stdout ?? ''}${result.stderr ?? ''}`.trim())
  }
  recordBuild(hash)
}

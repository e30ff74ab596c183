import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { hashSources, recordBuild, root } from './build-state'
import { makeWritable } from './data-directory'
import { run } from './run'
import { StartError } from './start-error'

/** The command line program of the framework. */
export const nextProgram = createRequire(import.meta.url).resolve('next/dist/bin/next')

/**
 * Builds the application for production and notes of which sources.
 * @param options.quiet shows the output only if the build fails.
 * @throws StartError if it fails.
 */
export async function buildApplication(
  options: { quiet?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  const hash = hashSources()
  makeWritable(join(root, '.next'), { cure: 'remove it', mode: 0o777 })
  rmSync(join(root, '.next', 'BUILD_ID'), { force: true })
  const { ok, output } = await run(process.execPath, [nextProgram, 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    show: !options.quiet,
    signal: options.signal,
  })
  if (!ok) throw new StartError(`The build failed.\n${output}`.trim())
  recordBuild(hash)
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** What the production build is made of; tests, sandbox and scripts are not in it. */
const sources = [
  'app',
  'components',
  'db',
  'lib',
  'public',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.build.json',
  'tsconfig.json',
]
const stamp = join(root, '.next', 'buylink-sources')

/** A hash over the names and contents of everything a build is made of. */
export function hashSources(folder = root): string {
  const hash = createHash('sha256').update(process.version)
  const visit = (path: string) => {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false })
    if (stat?.isDirectory()) {
      for (const name of readdirSync(join(folder, path)).sort()) visit(`${path}/${name}`)
    } else if (stat) {
      hash.update(`\0${path}\0${stat.size}\0`).update(readFileSync(join(folder, path)))
    }
  }
  for (const path of sources) visit(path)
  return hash.digest('hex')
}

/** Whether `.next` holds a finished build of exactly these sources. */
export function isBuildFresh(): boolean {
  return (
    existsSync(join(root, '.next', 'BUILD_ID')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hashSources()
  )
}

export function recordBuild(hash: string): void {
  writeFileSync(stamp, hash)
}

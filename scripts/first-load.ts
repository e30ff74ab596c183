import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root } from './build-state'

type RouteStats = { route: string; firstLoadChunkPaths: string[] }

/** The payer's page. */
const payersRoute = '/[slug]'

/** JavaScript a browser loads to show the payer's page, in bytes; undefined if there is no such page. */
export function firstLoad(): { gzip: number; brotli: number } | undefined {
  const file = join(root, '.next', 'diagnostics', 'route-bundle-stats.json')
  const routes = JSON.parse(readFileSync(file, 'utf8')) as RouteStats[]
  const page = routes.find(({ route }) => route === payersRoute)
  if (!page) return undefined
  const chunks = page.firstLoadChunkPaths.map((path) => readFileSync(join(root, path)))
  const sum = (compress: (chunk: Buffer) => Buffer) =>
    chunks.reduce((total, chunk) => total + compress(chunk).length, 0)
  return { gzip: sum((chunk) => gzipSync(chunk)), brotli: sum((chunk) => brotliCompressSync(chunk)) }
}

/** The same in words, for the end of a build. */
export function describeFirstLoad(): string {
  const load = firstLoad()
  if (!load) return `There is no page ${payersRoute} in this build.`
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  return `First-load JavaScript of the payer's page: ${kilobytes(load.gzip)} gzip, ${kilobytes(load.brotli)} brotli`
}

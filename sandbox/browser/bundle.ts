import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const finished = new Map<string, Promise<string>>()

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

async function bundle(name: string): Promise<string> {
  const result = await build({
    entryPoints: [pathOf(name)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2021',
    charset: 'utf8',
    logLevel: 'silent',
  })
  const [file] = result.outputFiles
  if (!file) throw new Error(`${name} bundled to nothing`)
  return file.text
}

/**
 * The text of a script (bundled and minified) or a style sheet of this folder, made once per process.
 * A failure is not kept, so that the next request tries again.
 */
export function asset(name: string): Promise<string> {
  const known = finished.get(name)
  if (known) return known
  const made = name.endsWith('.ts') ? bundle(name) : readFile(pathOf(name), 'utf8')
  finished.set(name, made)
  made.catch(() => finished.delete(name))
  return made
}

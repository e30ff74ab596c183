import { dirname, posix } from 'node:path'
import { type Import, importsOf, type SourceFile } from './parse'

/** An import with where it leads: a file of ours, or a package. */
export type Edge = { from: string; kind: Import['kind']; specifier: string; file?: string; package?: string }

export type Graph = { files: Map<string, SourceFile>; edges: Map<string, Edge[]> }

export function makeGraph(sources: SourceFile[]): Graph {
  const files = new Map(sources.map((file) => [file.path, file]))
  const edges = new Map(
    sources.map((file) => [file.path, importsOf(file).map((found) => edge(file, found, files))]),
  )
  return { files, edges }
}

function edge(from: SourceFile, { specifier, kind }: Import, files: Graph['files']): Edge {
  const base = { from: from.path, kind, specifier }
  if (!/^(@\/|\.)/.test(specifier)) return { ...base, package: packageOf(specifier) }
  const wanted = specifier.startsWith('@/')
    ? specifier.slice(2)
    : posix.normalize(posix.join(dirname(from.path), specifier))
  const file = ['', '.ts', '.tsx', '.mjs', '/index.ts']
    .map((end) => wanted + end)
    .find((path) => files.has(path))
  return { ...base, file: file ?? wanted }
}

/** `stripe/lib/x` → `stripe`, `@stripe/stripe-js/pure` → `@stripe/stripe-js`; `next/headers` and `node:fs` stay. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:') || specifier.startsWith('next/')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/**
 * Files that come along at run time when `start` is loaded, itself included.
 * @param stop keeps a file from being followed, as the boundary between browser and server does.
 */
export function closure(
  graph: Graph,
  start: string,
  stop: (path: string) => boolean = () => false,
): Set<string> {
  const seen = new Set<string>()
  const queue = [start]
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || stop(path)) continue
    seen.add(path)
    for (const { kind, file } of graph.edges.get(path) ?? []) if (kind !== 'type' && file) queue.push(file)
  }
  return seen
}

/** Rings of files that need each other to be loaded, each once. */
export function cycles(graph: Graph): string[][] {
  const found: string[][] = []
  const done = new Set<string>()
  const visit = (path: string, trail: string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) return void found.push([...trail.slice(at), path])
    if (done.has(path)) return
    for (const { kind, file } of graph.edges.get(path) ?? []) {
      if (kind === 'static' && file && graph.files.has(file)) visit(file, [...trail, path])
    }
    done.add(path)
  }
  for (const path of graph.files.keys()) visit(path, [])
  return found
}

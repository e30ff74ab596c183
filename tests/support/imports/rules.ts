import { problemOf } from './folders'
import { closure, cycles, type Graph, makeGraph } from './graph'
import { hasDirective, type SourceFile, withoutComments } from './parse'

const largest = 400
const large = 250
const largeShare = 0.05
const largestPage = 60

/** Everything in which a set of files breaks the rules of ARCHITECTURE.md, one sentence each. */
export function violations(files: SourceFile[], reservedSlugs: ReadonlySet<string>): string[] {
  const graph = makeGraph(files)
  return [
    ...folderProblems(graph),
    ...cycles(graph).map((ring) => `${ring.join(' → ')}: a ring`),
    ...clientProblems(graph),
    ...payerProblems(graph),
    ...environmentProblems(files),
    ...slugProblems(files, reservedSlugs),
    ...nameProblems(files),
    ...sizeProblems(files),
    ...pageProblems(files),
  ]
}

function folderProblems(graph: Graph): string[] {
  return [...graph.edges.values()].flat().flatMap((edge) => {
    const problem = problemOf(edge)
    return problem ? [`${edge.from} imports ${edge.specifier}: ${problem}`] : []
  })
}

/** What a browser gets may come with no database and no secret, by whatever detour. */
function clientProblems(graph: Graph): string[] {
  const isServerAction = (path: string) => {
    const file = graph.files.get(path)
    return file !== undefined && hasDirective(file, 'use server')
  }
  return [...graph.files.values()]
    .filter((file) => hasDirective(file, 'use client'))
    .flatMap(({ path }) =>
      [...closure(graph, path, isServerAction)]
        .filter((reached) => /^db\/|^lib\/stripe\/client\.ts$|^lib\/env\.ts$/.test(reached))
        .map((reached) => `${path} runs in the browser and reaches ${reached}`),
    )
}

function payerProblems(graph: Graph): string[] {
  return [...graph.files.keys()]
    .filter((path) => path.startsWith('app/(checkout)/'))
    .flatMap((path) =>
      [...closure(graph, path)]
        .filter((reached) => /^app\/\((dashboard|auth)\)\/|^components\/dashboard\//.test(reached))
        .map((reached) => `${path} is the payer's and reaches ${reached}`),
    )
}

/** Root files, scripts, sandbox and tests are not the product, or are what starts it. */
function environmentProblems(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^(app|components|db|lib|sdk)\//.test(path) && path !== 'lib/env.ts')
    .filter(({ text }) => /\bprocess\.env\b/.test(withoutComments(text)))
    .map(({ path }) => `${path} reads process.env, which only lib/env.ts does`)
}

function slugProblems(files: SourceFile[], reservedSlugs: ReadonlySet<string>): string[] {
  const folders = new Set(
    files.flatMap(({ path }) => {
      const [top, ...segments] = path.split('/').slice(0, -1)
      const first = segments.find((segment) => !/^\(.*\)$/.test(segment))
      return top === 'app' && first && !/^[[_@]/.test(first) ? [first] : []
    }),
  )
  return [...folders]
    .filter((folder) => !reservedSlugs.has(folder))
    .map((folder) => `app/${folder} is not a reserved slug`)
}

const reExport = /export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"];?/g

/** A file is named after one thing that is in it. */
function nameProblems(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config))?\.(tsx?|mjs)$/.test(name))
      return [`${path} is not in kebab case`]
    if (/^(utils?|helpers?|index)\./.test(name)) return [`${path} says nothing of what is in it`]
    const code = withoutComments(text)
    return code.trim() !== '' && code.replace(reExport, '').trim() === ''
      ? [`${path} only hands on what is elsewhere`]
      : []
  })
}

const lineCount = (text: string) => text.trimEnd().split('\n').length

function pageProblems(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^app\/(.*\/)?page\.tsx$/.test(path))
    .filter(({ text }) => lineCount(text) > largestPage)
    .map(({ path, text }) => `${path} has ${lineCount(text)} lines: its parts belong beside it`)
}

function sizeProblems(files: SourceFile[]): string[] {
  const sizes = files.map(({ path, text }) => ({ path, lines: lineCount(text) }))
  const tooLarge = sizes.filter(({ lines }) => lines > largest)
  const many = sizes.filter(({ lines }) => lines > large)
  return [
    ...tooLarge.map(({ path, lines }) => `${path} has ${lines} lines, more than ${largest}`),
    ...(many.length > sizes.length * largeShare
      ? [
          `${many.length} of ${sizes.length} files have more than ${large} lines: ${many.map(({ path }) => path).join(', ')}`,
        ]
      : []),
  ]
}

export type Import = {
  /** As written: `@/lib/env`, `./pay-button`, `stripe`. */
  specifier: string
  kind: 'static' | 'dynamic' | 'type'
}

/** A source file: its path from the project's root, with slashes, and its text. */
export type SourceFile = { path: string; text: string }

const named = String.raw`(?:[\w$*\s{},]|'[^']*')*?`
const statement = new RegExp(
  String.raw`(?:^|[;\n}])\s*(?:import|export)\s+(type\s+)?(${named})\bfrom\s*['"]([^'"]+)['"]`,
  'g',
)
const bare = /(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]/g
// `typeof import('x')` and `import('x').Name` are types; what runs is awaited, or taken on with `.then`.
const call = /(\btypeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)(\.[A-Z])?/g

/** What a file imports or re-exports; imports that vanish when types are stripped are told apart. */
export function importsOf({ text }: SourceFile): Import[] {
  const code = withoutComments(text)
  const found: Import[] = []
  for (const [, type, clause = '', specifier = ''] of code.matchAll(statement)) {
    found.push({ specifier, kind: type || onlyTypes(clause) ? 'type' : 'static' })
  }
  for (const [, specifier = ''] of code.matchAll(bare)) found.push({ specifier, kind: 'static' })
  for (const [, type, specifier = '', member] of code.matchAll(call)) {
    found.push({ specifier, kind: type || member ? 'type' : 'dynamic' })
  }
  return found
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}

/** `{ type A, type B }` imports nothing at run time, `{ type A, b }` and `a, { type B }` do. */
function onlyTypes(clause: string): boolean {
  const braces = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1]
  const names = braces?.split(',').map((name) => name.trim())
  return names?.filter(Boolean).every((name) => name.startsWith('type ')) ?? false
}

/** Whether the file begins with this directive. */
export function hasDirective({ text }: SourceFile, directive: 'use client' | 'use server'): boolean {
  return new RegExp(`^\\s*['"]${directive}['"]`).test(withoutComments(text))
}

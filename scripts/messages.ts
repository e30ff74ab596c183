import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultLocale, locales } from '@/lib/i18n/locales'
import { makeGraph } from '@/tests/support/imports/graph'
import { root } from './build-state'
import { readTexts } from './messages/catalogue'
import { problemsOf } from './messages/check'
import { unusedKeys } from './messages/usage'

/** The texts of all languages against the English ones, and those against the code. Fails where one does not fit. */
function main(): void {
  const english = readTexts(defaultLocale)
  const problems = [
    ...unusedKeys(english.keys(), makeGraph(sources())).map((key) => `en: ${key} is used nowhere`),
    ...locales.flatMap((locale) =>
      problemsOf(locale, readTexts(locale), english).map((problem) => `${locale}: ${problem}`),
    ),
  ]
  for (const problem of problems) console.log(problem)
  console.log(
    problems.length === 0
      ? `${english.size} texts in ${locales.length} languages are whole.`
      : `${problems.length} problems in ${english.size} texts and ${locales.length} languages.`,
  )
  process.exitCode = problems.length === 0 ? 0 : 1
}

function sources() {
  return ['app', 'components', 'lib']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      text: readFileSync(join(root, path), 'utf8'),
    }))
}

main()

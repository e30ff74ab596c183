import { describe, expect, test } from 'vitest'
import { flatten } from '@/scripts/messages/catalogue'
import { problemsOf } from '@/scripts/messages/check'
import { unusedKeys } from '@/scripts/messages/usage'
import { makeGraph } from '../support/imports/graph'

const english = flatten({
  pay: { done: 'Done', total: 'Pay {amount}' },
  left: '{count, plural, one {# left} other {# left}}',
  terms: 'Accept the <terms>terms</terms>.',
})
const german = {
  pay: { done: 'Fertig', total: '{amount} bezahlen' },
  left: '{count, plural, one {Noch #} other {Noch #}}',
  terms: '<terms>Bedingungen</terms> annehmen.',
}

describe('a translation', () => {
  test('that fits has nothing said against it', () => {
    expect(problemsOf('de', flatten(german), english)).toEqual([])
    expect(problemsOf('en-GB', new Map(), english)).toEqual([])
  })

  test.each([
    ['de', { ...german, terms: undefined }, 'terms is missing'],
    ['de', { ...german, more: 'Mehr' }, 'more is not a text of the pages'],
    ['de', { ...german, pay: { ...german.pay, total: 'Bezahlen' } }, 'pay.total takes nothing where'],
    ['de', { ...german, pay: { ...german.pay, total: '{betrag} zahlen' } }, 'pay.total takes betrag:value'],
    ['de', { ...german, pay: { ...german.pay, done: 'Fertig!' } }, 'pay.done shouts'],
    ['de', { ...german, left: '{count, plural, other {Noch #}}' }, 'left lacks “one” of count'],
    ['pl', { ...german, left: '{count, plural, one {#} other {#}}' }, 'left lacks “few” of count'],
    ['ja', german, 'left has no use for “one” of count'],
    ['de', { ...german, left: '{count, plural, one {#' }, 'left cannot be read'],
    ['de', { ...german, terms: 'Bedingungen annehmen.' }, 'terms takes nothing where'],
    ['he', german, 'pay.total does not isolate {amount}'],
  ] as const)('in %s: %j', (locale, texts, problem) => {
    const group = JSON.parse(JSON.stringify(texts))
    expect(problemsOf(locale, flatten(group), english)).toContainEqual(expect.stringContaining(problem))
  })
})

test('a text that no component asks for is found', () => {
  const graph = makeGraph([
    {
      path: 'components/a.tsx',
      text: `import { tell } from './tell'
const t = useTranslations('pay'); t('done'); t(\`button.\${kind}\`); t(tell())`,
    },
    { path: 'components/tell.ts', text: "export const tell = () => 'told' as const" },
    // Mutant: any literal anywhere uses a text. `late` belongs to another noun here.
    { path: 'components/b.tsx', text: "const t = useTranslations('wait'); t('late')" },
  ])
  const keys = ['pay.done', 'pay.button.book', 'pay.told', 'pay.late', 'wait.late', 'wait.done']
  expect(unusedKeys(keys, graph)).toEqual(['pay.late', 'wait.done'])
})

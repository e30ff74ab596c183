export type Tag = { name: string; attributes: [name: string, value: string][] }

/** A page as a browser reads it: its tags in order, its texts, what stands in its scripts. */
export type Html = { tags: Tag[]; texts: string[]; scripts: string[] }

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole
    return String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
  })
}

/** Elements in which no tag is read but the one that ends them (HTML, parsing, tokenization). */
const raw = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'iframe',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
])

/**
 * Reads markup by the rules of the HTML standard's tokenizer, as far as React's output and what breaks out of it
 * need them: attributes in any quotes or none, comments, raw text. Texts are apart only where a tag stands between.
 */
export function readHtml(html: string): Html {
  const page: Html = { tags: [], texts: [], scripts: [] }
  let text = ''
  let at = 0
  const endText = () => {
    if (text !== '') page.texts.push(decode(text))
    text = ''
  }
  while (at < html.length) {
    const rest = html.indexOf('<', at)
    if (rest < 0) break
    text += html.slice(at, rest)
    at = rest
    if (html.startsWith('<!--', at)) {
      const end = /^<!--(?:-?>|[\s\S]*?--!?>)/.exec(html.slice(at))
      at += end ? end[0].length : html.length
    } else if (/^<[!?]/.test(html.slice(at, at + 2))) {
      at = indexAfter(html, '>', at)
    } else if (/^<\/?[a-z]/i.test(html.slice(at, at + 3))) {
      endText()
      const { tag, end } = readTag(html, at)
      page.tags.push(tag)
      at = end
      if (raw.has(tag.name)) {
        const close = new RegExp(`</${tag.name}[\\s/>]`, 'i').exec(html.slice(at))
        const inside = html.slice(at, close ? at + close.index : html.length)
        if (tag.name === 'script') page.scripts.push(inside)
        else page.texts.push(decode(inside))
        at += inside.length
      }
    } else {
      text += '<'
      at += 1
    }
  }
  endText()
  return page
}

function indexAfter(html: string, sign: string, from: number): number {
  const found = html.indexOf(sign, from)
  return found < 0 ? html.length : found + sign.length
}

const attribute = /^[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?/

function readTag(html: string, from: number): { tag: Tag; end: number } {
  const [start, name = ''] = /^<(\/?[a-z][^\s/>]*)/i.exec(html.slice(from, from + 200)) ?? ['<']
  const tag: Tag = { name: name.toLowerCase(), attributes: [] }
  let at = from + start.length
  for (;;) {
    const [whole, key, ...values] = attribute.exec(html.slice(at, at + 20_000)) ?? []
    if (!whole || !key) break
    tag.attributes.push([key.toLowerCase(), decode(values.find((value) => value !== undefined) ?? '')])
    at += whole.length
  }
  return { tag, end: indexAfter(html, '>', at) }
}

/** The tags with the names of their attributes: what a text cannot change unless it is read as markup. */
export function skeleton({ tags }: Html): string {
  return tags
    .map(({ name, attributes }) => `<${[name, ...attributes.map(([key]) => key)].join(' ')}>`)
    .filter((tag) => !/^<\/?script/.test(tag))
    .join('\n')
}

/** What React hands from server to browser: rows of JSON, as one text. */
export function flightOf({ scripts }: Html): string {
  return scripts
    .map((script) => /^self\.__next_f\.push\((.*)\)$/s.exec(script)?.[1] ?? '[]')
    .reduce((flight, row) => {
      const [, text] = JSON.parse(row) as unknown[]
      return flight + (typeof text === 'string' ? text : '')
    }, '')
}

const carriers = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'data',
  'poster',
  'srcset',
  'xlink:href',
  'background',
])
/** React's own answer to a script in a link. */
const blocked = /^javascript:throw new Error\('React has blocked a javascript: URL/

/** What runs or leads away on a page that did not on its calm sister. */
export function runs(page: Html, calm: Html): string[] {
  const known = new Set(calm.scripts.filter((script) => !script.startsWith('self.__next_f.push')))
  const scripts = page.scripts.filter((script) =>
    script.startsWith('self.__next_f.push') ? /<[!/s]/i.test(script) : !known.has(script),
  )
  const attributes = page.tags.flatMap((tag) => tag.attributes.map(([key, value]) => ({ tag, key, value })))
  const odd = attributes.filter(({ key, value }) => {
    if (/^on|^srcdoc$|^http-equiv$/.test(key)) return true
    return carriers.has(key) && !/^(\/(?!\/)|https?:\/\/|mailto:|#|$)/.test(value) && !blocked.test(value)
  })
  return [
    ...scripts.map((script) => `runs ${script.slice(0, 200)}`),
    ...odd.map(({ tag, key, value }) => `<${tag.name} ${key}="${value.slice(0, 200)}">`),
  ]
}

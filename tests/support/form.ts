import type { Buyer } from './buyer'

/** A page's one form as a browser without JavaScript has it. */
export type Form = { path: string; html: string; fields: Record<string, string> }

const entities: Record<string, string> = {
  '&quot;': '"',
  '&amp;': '&',
  '&#x27;': "'",
  '&lt;': '<',
  '&gt;': '>',
}
const decode = (text: string) =>
  text.replace(/&(?:quot|amp|#x27|lt|gt);/g, (entity) => entities[entity] ?? entity)

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)
  return found ? decode(found[1] ?? '') : null
}

/** Reads the form of a page that answered, with what its fields hold. */
export function readForm(path: string, html: string): Form {
  const [form] = /<form[\s\S]*?<\/form>/.exec(html) ?? []
  if (!form) throw new Error(`there is no form at ${path}`)
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name !== null) fields[name] = attribute(tag, 'value') ?? ''
  }
  return { path, html, fields }
}

/** Opens a page and reads its form. */
export async function openForm(browser: Buyer, path: string): Promise<Form> {
  const response = await browser.fetch(path)
  return readForm(path, await response.text())
}

export type Sent = {
  status: number
  location: string | null
  html: string
  response: Response
}

/**
 * Sends a form as a browser does, with some fields filled in.
 * @param headers more or other headers; an `origin` of null leaves it out
 */
export async function sendForm(
  browser: Buyer,
  form: Form,
  values: Record<string, string>,
  headers: Record<string, string | null>,
): Promise<Sent> {
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...form.fields, ...values })) body.append(name, value)
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  const response = await browser.fetch(form.path, { method: 'POST', headers: Object.fromEntries(sent), body })
  return {
    status: response.status,
    location: response.headers.get('location'),
    html: await response.text(),
    response,
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@/scripts/build-state'
import type { Buyer } from './buyer'

type Manifest = { node: Record<string, { exportedName?: string }> }

/** The name under which the build answers to a server action. */
function actionId(name: string): string {
  const file = join(root, '.next', 'server', 'server-reference-manifest.json')
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  const [id] = Object.entries(node).find(([, action]) => action.exportedName === name) ?? []
  if (!id) throw new Error(`the build has no server action ${name}`)
  return id
}

/** Sends any body to a server action of a link's page. */
export function postAction(
  buyer: Buyer,
  slug: string,
  action: string,
  body: string,
  headers: Record<string, string>,
): Promise<Response> {
  return buyer.fetch(`/${slug}`, {
    method: 'POST',
    headers: {
      accept: 'text/x-component',
      'content-type': 'text/plain;charset=UTF-8',
      'next-action': actionId(action),
      ...headers,
    },
    body,
  })
}

/** Calls a server action of a link's page as React does, with any arguments and headers. */
export async function callAction(
  buyer: Buyer,
  slug: string,
  action: string,
  args: unknown[],
  headers: Record<string, string>,
): Promise<{ kind: string } & Record<string, unknown>> {
  const response = await postAction(buyer, slug, action, JSON.stringify(args), headers)
  const text = await response.text()
  const [, value] = /^1:(\{.*\})$/m.exec(text) ?? []
  if (!value) throw new Error(`the action answered ${response.status}: ${text.slice(0, 300)}`)
  return JSON.parse(value)
}

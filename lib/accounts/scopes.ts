/** What the API gives access to; a key names each with `:read` or `:write`, which includes reading. */
export const apiResources = ['webhook_endpoints', 'events', 'customers'] as const

export type ApiResource = (typeof apiResources)[number]
export type Scope = `${ApiResource}:${'read' | 'write'}`

/** What a key of each kind may do; `*` stands for every resource, later ones included. */
export const accessScopes = {
  full: ['*:write'],
  read: ['*:read'],
  webhooks: ['webhook_endpoints:write', 'events:write'],
} as const satisfies Record<string, readonly (Scope | '*:read' | '*:write')[]>

export type Access = keyof typeof accessScopes

/** Whether a key's scopes cover what a request needs. */
export function covers(scopes: readonly string[], needed: Scope): boolean {
  const [resource, right] = needed.split(':')
  return scopes.some((scope) => {
    const [held, heldRight] = scope.split(':')
    return (held === '*' || held === resource) && (heldRight === 'write' || heldRight === right)
  })
}
